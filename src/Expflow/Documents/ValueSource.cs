using Expflow.Problems;

namespace Expflow.Documents;

/// <summary>Where a value came from. Exactly one of the nested cases.</summary>
public abstract record ValueSource
{
    private ValueSource() { }

    /// <summary>A place in a file.</summary>
    public sealed record File(SourcePlace Place) : ValueSource
    {
        /// <inheritdoc/>
        public override string ToString() => Place.ToString();
    }

    /// <summary>An environment variable.</summary>
    public sealed record Variable(string Name) : ValueSource
    {
        /// <inheritdoc/>
        public override string ToString() => $"environment variable {Name}";
    }

    /// <summary>An option of the command line, as it was given: <c>--set lr=0.1</c>.</summary>
    public sealed record Option(string Text) : ValueSource
    {
        /// <inheritdoc/>
        public override string ToString() => Text;
    }

    /// <summary>A problem with the value: at its place, or naming the variable or the option.</summary>
    public Problem Problem(string text) =>
        this is File file ? new Problem(text, file.Place) : new Problem($"{this}: {text}");
}
