using Expflow.Parameters;

namespace Expflow.Documents;

/// <summary>A tree of values that knows where each came from. Exactly one of the nested cases.</summary>
public abstract class DocumentNode
{
    private DocumentNode(ValueSource source) => Source = source;

    /// <summary>Where it came from.</summary>
    public ValueSource Source { get; }

    /// <summary>What it is, as messages say it: <c>a list</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>One value.</summary>
    /// <param name="value">What it means; null for nothing.</param>
    /// <param name="text">As it was written, without quotes.</param>
    /// <param name="quoted">Whether it was in quotes, or a block; then it is a text and nothing else.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="sourceAt">Where the character at an offset of the text came from.</param>
    public sealed class Scalar(
        ParameterValue? value,
        string text,
        bool quoted,
        ValueSource source,
        Func<int, ValueSource>? sourceAt = null
    ) : DocumentNode(source)
    {
        /// <summary>What it means; null for nothing.</summary>
        public ParameterValue? Value { get; } = value;

        /// <summary>As it was written, without quotes.</summary>
        public string Text { get; } = text;

        /// <summary>Whether it was in quotes, or a block.</summary>
        public bool Quoted { get; } = quoted;

        /// <inheritdoc/>
        public override string Kind =>
            Value switch
            {
                null => "nothing",
                ParameterValue.Boolean => "true or false",
                ParameterValue.Text => "a text",
                _ => "a number",
            };

        /// <summary>Where the character at an offset of the text came from.</summary>
        public ValueSource SourceAt(int offset) => sourceAt?.Invoke(offset) ?? Source;
    }

    /// <summary>Values in order.</summary>
    public sealed class Sequence(IReadOnlyList<DocumentNode> items, ValueSource source) : DocumentNode(source)
    {
        /// <summary>The values.</summary>
        public IReadOnlyList<DocumentNode> Items { get; } = items;

        /// <inheritdoc/>
        public override string Kind => "a list";
    }

    /// <summary>Values by distinct names, in order.</summary>
    public sealed class Map(IReadOnlyList<DocumentEntry> entries, ValueSource source) : DocumentNode(source)
    {
        /// <summary>The values with their names.</summary>
        public IReadOnlyList<DocumentEntry> Entries { get; } = entries;

        /// <inheritdoc/>
        public override string Kind => "a map";

        /// <summary>The value of a name; null when there is none.</summary>
        public DocumentNode? this[string key] => Entries.FirstOrDefault(entry => entry.Key == key)?.Value;

        /// <summary>The same with one value replaced, added at the end, or (null) removed.</summary>
        public Map With(string key, DocumentNode? value, ValueSource? keySource = null)
        {
            if (value is null)
                return new([.. Entries.Where(entry => entry.Key != key)], Source);
            if (this[key] is null)
                return new([.. Entries, new(key, keySource ?? value.Source, value)], Source);
            return new([.. Entries.Select(entry => entry.Key == key ? entry with { Value = value } : entry)], Source);
        }
    }
}

/// <summary>One name and its value.</summary>
/// <param name="Key">The name.</param>
/// <param name="KeySource">Where the name came from.</param>
/// <param name="Value">The value.</param>
public sealed record DocumentEntry(string Key, ValueSource KeySource, DocumentNode Value);
