namespace Expflow.Problems;

/// <summary>One thing that is wrong with what the user gave us.</summary>
/// <param name="Text">The thing in single quotes, what is wrong with it, and what to do. One or two sentences.</param>
/// <param name="Place">Where it stands, when it stands in a file.</param>
public sealed record Problem(string Text, SourcePlace? Place = null)
{
    /// <summary><c>file:line:column: text</c>, or the text alone.</summary>
    public override string ToString() => Place is { } place ? $"{place}: {Text}" : Text;
}
