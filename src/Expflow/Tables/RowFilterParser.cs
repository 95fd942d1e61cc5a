using Expflow.Problems;

namespace Expflow.Tables;

/// <summary>Reads a filter by recursive descent: or binds weaker than and, and weaker than not.</summary>
internal sealed class RowFilterParser(string text, Table table)
{
    private const int MaxDepth = 200;
    private static readonly System.Buffers.SearchValues<char> WordEnds = System.Buffers.SearchValues.Create(
        " \t\r\n()=<>!"
    );
    private readonly List<Problem> problems = [];
    private int at;
    private int depth;

    public Checked<RowFilter> Parse()
    {
        var filter = Or();
        if (filter is not null && Word() is { Length: > 0 } rest)
            Tell(TableProblems.Unexpected(rest, "'and', 'or' or the end"));
        return filter is null || problems.Count > 0 ? Checked<RowFilter>.Failed(problems) : filter;
    }

    private RowFilter? Or()
    {
        var left = And();
        while (left is not null && Take("or"))
            left = And() is { } right ? new RowFilter.Either(left, right) : null;
        return left;
    }

    private RowFilter? And()
    {
        var left = Not();
        while (left is not null && Take("and"))
            left = Not() is { } right ? new RowFilter.Both(left, right) : null;
        return left;
    }

    private RowFilter? Not()
    {
        if (++depth > MaxDepth)
            return Tell($"The expression is nested more than {MaxDepth} deep. Write it with fewer parentheses.");
        RowFilter? filter;
        if (Take("not"))
            filter = Not() is { } inner ? new RowFilter.Negated(inner) : null;
        else if (Take("("))
            filter = Or() is { } inner ? Closed(inner) : null;
        else
            filter = Comparison();
        depth--;
        return filter;
    }

    private RowFilter? Closed(RowFilter inner) => Take(")") ? inner : Tell(TableProblems.Unexpected(Word(), "')'"));

    private RowFilter? Comparison()
    {
        var word = Word();
        var start = at;
        if (!IsOperand(word))
            return Tell(TableProblems.Unexpected(word, "a column"));
        at += word.Length;
        var name = Unquoted(word);
        var column = table.Find(name);
        if (column is null)
            Tell(TableProblems.NoColumn(name, table), start);
        if (Operator() is not { } how)
            return Truth(column, start);
        var value = Word();
        if (!IsOperand(value))
            return Tell(TableProblems.Unexpected(value, "a value"));
        var right = new FilterValue(Unquoted(value), value[0] is '\'' or '"');
        if (column is not null && !right.Fits(column))
            Tell(TableProblems.NotOfType(name, column.Type, right.Text));
        at += value.Length;
        return new RowFilter.Compare(name, how, right);
    }

    // A boolean column alone is a condition.
    private RowFilter? Truth(Column? column, int start)
    {
        if (column is BooleanColumn)
            return new RowFilter.Compare(column.Name, Tables.Comparison.Equal, new FilterValue("true", false));
        if (column is null)
            return null;
        var next = Word();
        return next.Length == 0 || next is ")" or "and" or "or"
            ? Tell(TableProblems.NoTruth(column.Name, column.Type), start)
            : Tell(TableProblems.Unexpected(next, "a comparison such as '=='"));
    }

    private Comparison? Operator()
    {
        var word = Word();
        Comparison? how = word switch
        {
            "==" or "=" => Tables.Comparison.Equal,
            "!=" or "<>" => Tables.Comparison.NotEqual,
            "<" => Tables.Comparison.Less,
            "<=" => Tables.Comparison.LessOrEqual,
            ">" => Tables.Comparison.Greater,
            ">=" => Tables.Comparison.GreaterOrEqual,
            _ => null,
        };
        at += how is null ? 0 : word.Length;
        return how;
    }

    private bool Take(string word)
    {
        if (Word() != word)
            return false;
        at += word.Length;
        return true;
    }

    // The next word without taking it; leaves the position at its start.
    private string Word()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        if (at == text.Length)
            return "";
        var rest = text.AsSpan(at);
        if (rest[0] is '(' or ')')
            return rest[..1].ToString();
        if (rest[0] is '\'' or '"')
        {
            var close = rest[1..].IndexOf(rest[0]);
            return (close < 0 ? rest : rest[..(close + 2)]).ToString();
        }
        var end = rest.IndexOfAny("=<>!");
        if (end == 0)
            return rest[..(rest.Length - rest.TrimStart("=<>!").Length)].ToString();
        end = rest.IndexOfAny(WordEnds);
        return (end < 0 ? rest : rest[..end]).ToString();
    }

    private static bool IsOperand(string word) =>
        word.Length > 0
        && word is not ("and" or "or" or "not")
        && word[0] is not ('(' or ')' or '=' or '<' or '>' or '!')
        && !(word[0] is '\'' or '"' && (word.Length == 1 || word[^1] != word[0]));

    private static string Unquoted(string word) => word[0] is '\'' or '"' ? word[1..^1] : word;

    private RowFilter? Tell(string what, int? place = null)
    {
        var column = place ?? at;
        problems.Add(new Problem($"{what}\n  {text}\n  {new string(' ', column)}^"));
        return null;
    }
}
