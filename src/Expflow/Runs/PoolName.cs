namespace Expflow.Runs;

/// <summary>Names a pool of a project: letters, digits, <c>_</c>, <c>.</c> and <c>-</c>, beginning with a letter or a digit; at most 64.</summary>
public readonly record struct PoolName
{
    private readonly string? text;

    private PoolName(string text) => this.text = text;

    /// <summary>The pool of a project whose user has named none.</summary>
    public static PoolName Default { get; } = new("main");

    /// <summary>Reads a name; false for anything that is not safe as the name of a folder.</summary>
    public static bool TryParse(string? text, out PoolName name)
    {
        name = default;
        if (text is not { Length: > 0 and <= 64 } || !char.IsAsciiLetterOrDigit(text[0]))
            return false;
        if (!text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-'))
            return false;
        name = new(text);
        return true;
    }

    /// <summary>The name as it stands in files, paths and on the command line.</summary>
    public override string ToString() => text ?? Default.text!;
}
