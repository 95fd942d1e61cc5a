using System.Buffers;
using System.Text;

namespace Expflow.Templates;

/// <summary>Splits a simple command into words as the shell would; a command that needs the shell for anything is not simple.</summary>
internal sealed class ArgumentWords
{
    // Outside quotes: operators, expansions, globs, comments, assignments before the program and history are the shell's business.
    private static readonly SearchValues<char> Special = SearchValues.Create("|&;<>()$`*?[]{}~!#\\");

    // Words that are no programs.
    private static readonly HashSet<string> Builtins = new(StringComparer.Ordinal)
    {
        ".",
        ":",
        "alias",
        "bg",
        "break",
        "builtin",
        "case",
        "cd",
        "command",
        "conda",
        "continue",
        "declare",
        "eval",
        "exec",
        "exit",
        "export",
        "fg",
        "for",
        "function",
        "if",
        "jobs",
        "let",
        "local",
        "module",
        "ml",
        "popd",
        "pushd",
        "read",
        "readonly",
        "return",
        "select",
        "set",
        "shift",
        "shopt",
        "source",
        "time",
        "times",
        "trap",
        "type",
        "typeset",
        "ulimit",
        "umask",
        "unalias",
        "unset",
        "until",
        "wait",
        "while",
    };

    private readonly List<IReadOnlyList<TemplatePiece>> words = [];
    private readonly StringBuilder literal = new();
    private List<TemplatePiece>? word;
    private QuoteState quotes = QuoteState.Bare;

    /// <summary>The words, or null when a shell is needed.</summary>
    public static IReadOnlyList<IReadOnlyList<TemplatePiece>>? Split(IReadOnlyList<TemplatePiece> pieces)
    {
        var split = new ArgumentWords();
        foreach (var piece in pieces)
            if (!(piece is TemplatePiece.Literal text ? split.Add(text.Text) : split.Add((TemplatePiece.Value)piece)))
                return null;
        split.EndWord();
        return split.quotes == QuoteState.Bare && split.StartsWithProgram() ? split.words : null;
    }

    private bool Add(TemplatePiece.Value value)
    {
        // Several values inside a bare word have no single meaning as an argument.
        if (value.Quotes == QuoteState.Bare && IsMany(value.Placeholder) && word is not null)
            return false;
        word ??= [];
        FlushLiteral();
        word.Add(value);
        return true;
    }

    private bool Add(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            var good = quotes switch
            {
                QuoteState.Single => InSingle(c),
                QuoteState.Double => InDouble(text, ref at),
                _ => Bare(c),
            };
            if (!good)
                return false;
        }
        return true;
    }

    private bool InSingle(char c)
    {
        if (c == '\'')
            quotes = QuoteState.Bare;
        else
            literal.Append(c);
        return true;
    }

    private bool InDouble(string text, ref int at)
    {
        switch (text[at])
        {
            case '$' or '`':
                return false;
            case '"':
                quotes = QuoteState.Bare;
                return true;
            case '\\' when at + 1 < text.Length && text[at + 1] is '$' or '`' or '"' or '\\':
                literal.Append(text[++at]);
                return true;
            case '\\' when at + 1 < text.Length && text[at + 1] == '\n':
                at++;
                return true;
            default:
                literal.Append(text[at]);
                return true;
        }
    }

    private bool Bare(char c)
    {
        switch (c)
        {
            case ' ' or '\t':
                EndWord();
                return true;
            case '\'' or '"':
                word ??= [];
                quotes = c == '"' ? QuoteState.Double : QuoteState.Single;
                return true;
            case '\n' or '\r':
                return false;
            default:
                if (
                    Special.Contains(c)
                    || (
                        word is [TemplatePiece.Value { Quotes: QuoteState.Bare } only]
                        && literal.Length == 0
                        && IsMany(only.Placeholder)
                    )
                )
                    return false;
                word ??= [];
                literal.Append(c);
                return true;
        }
    }

    private void EndWord()
    {
        if (word is null)
            return;
        FlushLiteral();
        words.Add(word);
        word = null;
    }

    private void FlushLiteral()
    {
        if (literal.Length == 0)
            return;
        word!.Add(new TemplatePiece.Literal(literal.ToString()));
        literal.Clear();
    }

    // A name that is no word of the shell's, or a path below one of the known folders.
    private bool StartsWithProgram() =>
        words switch
        {
            [[TemplatePiece.Literal { Text: var program }], ..] => !program.Contains('=', StringComparison.Ordinal)
                && !Builtins.Contains(program),
            [
                [
                    TemplatePiece.Value { Placeholder: Placeholder.Known { Word: var word } },
                    TemplatePiece.Literal path,
                    ..,
                ],
                ..,
            ] => word is KnownPlaceholder.ProjectFolder or KnownPlaceholder.CodeFolder or KnownPlaceholder.RunFolder
                && path.Text.StartsWith('/'),
            _ => false,
        };

    private static bool IsMany(Placeholder placeholder) =>
        placeholder
            is Placeholder.StageFolder
                or Placeholder.Known { Word: KnownPlaceholder.Flags or KnownPlaceholder.Overrides };
}
