using System.Text;
using Expflow.Templates;

namespace Expflow.Executors;

/// <summary>Paths as people write them for a shell: <c>~/x</c> and <c>$SCRATCH/x</c> are filled in where the run is, and nothing else is special.</summary>
internal static class ShellPath
{
    /// <summary>The path as one word of a shell; what is relative is so to the project.</summary>
    public static string Of(string project, string path) =>
        path is "~" || path.StartsWith("~/", StringComparison.Ordinal) ? "\"$HOME\"" + Quoted(path[1..])
        : path.StartsWith('$') ? Quoted(path)
        : ShellQuoting.Word(Path.Combine(project, path));

    private static string Quoted(string text)
    {
        if (text.Length == 0)
            return "";
        var word = new StringBuilder("\"");
        for (var at = 0; at < text.Length; at++)
            word.Append(text[at] is '"' or '\\' or '`' || (text[at] == '$' && !IsVariable(text, at)) ? "\\" : "")
                .Append(text[at]);
        return word.Append('"').ToString();
    }

    // $NAME and ${NAME}; not $(command).
    private static bool IsVariable(string text, int at)
    {
        var first = text.AsSpan(at + 1);
        if (first is not ['{', .. var inner])
            return first is [var c, ..] && (char.IsAsciiLetter(c) || c == '_');
        var end = inner.IndexOf('}');
        return end > 0 && inner[..end].IndexOfAnyExcept(NameCharacters) < 0;
    }

    private static readonly System.Buffers.SearchValues<char> NameCharacters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
    );
}
