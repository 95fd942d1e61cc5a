using System.Text;
using Expflow.Problems;

namespace Expflow.Templates;

/// <summary>Reads a command with placeholders. Braces that belong to the shell (<c>${HOME}</c>) pass through; <c>{{</c> and <c>}}</c> are braces.</summary>
/// <param name="scope">What the command may name.</param>
/// <param name="place">The place in the file of an offset in the text.</param>
public sealed class TemplateParser(TemplateScope scope, Func<int, SourcePlace?> place)
{
    private readonly List<TemplatePiece> pieces = [];
    private readonly List<Problem> problems = [];
    private readonly StringBuilder literal = new();

    /// <summary>A command for a shell: values will be quoted as the place of each needs.</summary>
    public Checked<CommandTemplate> ParseCommand(string text)
    {
        text = text.TrimEnd('\n', ' ', '\t', '\r');
        Parse(text, new ShellScanner(text));
        return problems.Count > 0
            ? Checked<CommandTemplate>.Failed(problems)
            : new CommandTemplate(text, pieces, ArgumentWords.Split(pieces));
    }

    /// <summary>A path or a value: nothing in it is special but the placeholders.</summary>
    public Checked<CommandTemplate> ParsePlain(string text)
    {
        Parse(text, null);
        return problems.Count > 0 ? Checked<CommandTemplate>.Failed(problems) : new CommandTemplate(text, pieces, null);
    }

    private void Parse(string text, ShellScanner? shell)
    {
        for (var at = 0; at < text.Length; )
        {
            var c = text[at];
            if (c == '$' && at + 1 < text.Length && text[at + 1] == '{')
                at = ShellBraces(text, at, shell);
            else if (c is '{' or '}' && at + 1 < text.Length && text[at + 1] == c)
                at = Brace(c, at, shell);
            else if (c == '{')
                at = Value(text, at, shell);
            else if (c == '}')
                at = Stray(at, "'}' closes nothing. Write '}}' for a brace.");
            else
                at = Copy(text, at, shell?.Step(at) ?? at + 1);
        }
        Flush();
    }

    private int Copy(string text, int from, int to)
    {
        literal.Append(text, from, to - from);
        return to;
    }

    private int Brace(char brace, int at, ShellScanner? shell)
    {
        shell?.Step(at);
        literal.Append(brace);
        return at + 2;
    }

    // ${…}, with braces inside it: the shell's own.
    private int ShellBraces(string text, int start, ShellScanner? shell)
    {
        var depth = 0;
        var at = start;
        do
        {
            depth +=
                text[at] == '{' ? 1
                : text[at] == '}' ? -1
                : 0;
            var next = at == start ? at + 1 : (shell?.Step(at) ?? at + 1);
            at = Copy(text, at, next);
        } while (at < text.Length && (depth > 0 || at == start + 1));
        return at;
    }

    private int Value(string text, int at, ShellScanner? shell)
    {
        var end = at + 1;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '.' or '-'))
            end++;
        if (end == at + 1 || end == text.Length || text[end] != '}')
        {
            var excerpt = Excerpt(text, at);
            var next = excerpt[^1] == '}' ? at + excerpt.Length : at + 1;
            return Stray(
                at,
                $"'{excerpt.ReplaceLineEndings(" ")}' is no placeholder. Write '{{{{' and '}}}}' for braces.",
                next
            );
        }
        var name = text[(at + 1)..end];
        if (scope.Find(name) is not { } placeholder)
            return Stray(at, scope.WhyNot(name), end + 1);
        if (shell is { InBackticks: true })
            return Stray(at, $"'{{{name}}}' stands between backticks, where quoting is uncertain. Use $(…).", end + 1);
        Flush();
        pieces.Add(new TemplatePiece.Value(placeholder, shell?.State ?? QuoteState.QuotedHereDocument));
        return end + 1;
    }

    // "{}", "{print $1}", "{a,b}", or as much of it as a message can bear.
    private static string Excerpt(string text, int at)
    {
        var close = text.IndexOf('}', at);
        var end = close >= 0 && close - at < 30 ? close + 1 : Math.Min(at + 12, text.Length);
        return text[at..end];
    }

    private int Stray(int at, string message, int? next = null)
    {
        problems.Add(new Problem(message, place(at)));
        return next ?? at + 1;
    }

    private void Flush()
    {
        if (literal.Length == 0)
            return;
        pieces.Add(new TemplatePiece.Literal(literal.ToString()));
        literal.Clear();
    }
}
