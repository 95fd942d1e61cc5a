namespace Expflow.Templates;

/// <summary>Follows what the shell is in the middle of, character by character: quotes, substitutions, comments, here-documents.</summary>
/// <remarks>POSIX shell command language, sections 2.2 (quoting), 2.3 (comments), 2.6.3 (substitution), 2.7.4 (here-documents).</remarks>
internal sealed class ShellScanner(string text)
{
    private enum Mode
    {
        Bare,
        Substitution,
        Single,
        Double,
        Escaped,
        Backtick,
    }

    private readonly Stack<(Mode Mode, int Parentheses)> modes = new([(Mode.Bare, 0)]);
    private readonly Queue<(string Delimiter, bool Quoted, bool Tabs)> awaited = new();
    private (int End, bool Quoted)? document;
    private int commentEnd = -1;

    public bool InBackticks => modes.Any(open => open.Mode == Mode.Backtick);

    public QuoteState State =>
        document is { } body
            ? (body.Quoted ? QuoteState.QuotedHereDocument : QuoteState.HereDocument)
            : modes.Peek().Mode switch
            {
                Mode.Single => QuoteState.Single,
                Mode.Double => QuoteState.Double,
                Mode.Escaped => QuoteState.Escaped,
                _ => QuoteState.Bare,
            };

    /// <summary>Takes the characters at <paramref name="at"/> that belong together, and returns where the next ones start.</summary>
    public int Step(int at)
    {
        if (document is { } body)
        {
            if (at + 1 >= body.End)
                LeaveDocument(at + 1);
            return at + 1;
        }
        if (at < commentEnd)
            return at + 1;
        var (mode, _) = modes.Peek();
        return mode switch
        {
            Mode.Single => StepQuote(at, '\'', escapes: false),
            Mode.Escaped => StepQuote(at, '\'', escapes: true),
            Mode.Double => StepDouble(at),
            _ => StepBare(at, mode),
        };
    }

    private int StepQuote(int at, char end, bool escapes)
    {
        if (escapes && text[at] == '\\')
            return Math.Min(at + 2, text.Length);
        if (text[at] == end)
            modes.Pop();
        return at + 1;
    }

    private int StepDouble(int at)
    {
        switch (text[at])
        {
            case '\\':
                return Math.Min(at + 2, text.Length);
            case '$' when Next(at) == '(':
                modes.Push((Mode.Substitution, 0));
                return at + 2;
            case '`':
                OpenOrClose(Mode.Backtick);
                return at + 1;
            default:
                return StepQuote(at, '"', escapes: false);
        }
    }

    private int StepBare(int at, Mode mode)
    {
        switch (text[at])
        {
            case '\\':
                return Math.Min(at + 2, text.Length);
            case '\'':
                modes.Push((Mode.Single, 0));
                return at + 1;
            case '"':
                modes.Push((Mode.Double, 0));
                return at + 1;
            case '`':
                OpenOrClose(Mode.Backtick);
                return at + 1;
            case '$' when Next(at) == '\'':
                modes.Push((Mode.Escaped, 0));
                return at + 2;
            case '$' when Next(at) == '(':
                modes.Push((Mode.Substitution, 0));
                return at + 2;
            case '(' or ')' when mode == Mode.Substitution:
                CountParenthesis(text[at] == '(' ? 1 : -1);
                return at + 1;
            case '#' when at == 0 || text[at - 1] is ' ' or '\t' or '\n' or ';' or '(' or '&' or '|':
                commentEnd = text.IndexOf('\n', at) is var end and >= 0 ? end : text.Length;
                return at + 1;
            case '<' when Next(at) == '<' && Next(at + 1) != '<':
                return AwaitDocument(at + 2);
            case '<' when Next(at) == '<':
                return at + 3;
            case '\n':
                EnterDocument(at + 1);
                return at + 1;
            default:
                return at + 1;
        }
    }

    private char Next(int at) => at + 1 < text.Length ? text[at + 1] : '\0';

    private void OpenOrClose(Mode mode)
    {
        if (modes.Any(open => open.Mode == mode))
        {
            while (modes.Pop().Mode != mode) { }
            return;
        }
        modes.Push((mode, 0));
    }

    private void CountParenthesis(int by)
    {
        var (mode, depth) = modes.Pop();
        if (depth + by >= 0)
            modes.Push((mode, depth + by));
    }

    private int AwaitDocument(int at)
    {
        var tabs = at < text.Length && text[at] == '-';
        if (tabs)
            at++;
        while (at < text.Length && text[at] is ' ' or '\t')
            at++;
        var start = at;
        while (at < text.Length && text[at] is not (' ' or '\t' or '\n' or ';' or '|' or '&' or '<' or '>' or ')'))
            at++;
        var word = text[start..at];
        var delimiter = string.Concat(word.Where(c => c is not ('\'' or '"' or '\\')));
        // "$((1<<2))" is no here-document.
        if (delimiter.Length > 0 && !char.IsAsciiDigit(delimiter[0]))
            awaited.Enqueue((delimiter, delimiter.Length != word.Length, tabs));
        return at;
    }

    private void EnterDocument(int start)
    {
        if (!awaited.TryDequeue(out var next))
            return;
        for (var line = start; line < text.Length; )
        {
            var end = text.IndexOf('\n', line) is var found and >= 0 ? found : text.Length;
            var content = text.AsSpan(line, end - line);
            if ((next.Tabs ? content.TrimStart('\t') : content).SequenceEqual(next.Delimiter))
            {
                if (line > start)
                    document = (line, next.Quoted);
                else
                    commentEnd = end;
                return;
            }
            line = end + 1;
        }
        if (start < text.Length)
            document = (text.Length, next.Quoted);
    }

    // The delimiter's own line is passed over like a comment.
    private void LeaveDocument(int at)
    {
        document = null;
        commentEnd = at < text.Length && text.IndexOf('\n', at) is var end and >= 0 ? end : text.Length;
    }
}
