using Expflow.Documents;
using Expflow.Parameters;
using Expflow.Problems;
using Expflow.Sweeps;
using Expflow.Templates;

namespace Expflow.Experiments;

/// <summary>Reads names and values of parameters.</summary>
internal static class ParametersReader
{
    public static ParameterSet Read(DocumentNode.Map map, List<Problem> problems)
    {
        var pairs = new List<KeyValuePair<string, ParameterValue>>();
        foreach (var (name, source, node) in map.Entries)
        {
            if (!NameHolds(name, source, problems))
                continue;
            if (node is DocumentNode.Scalar { Quoted: false } scalar && RangeText.IsRange(scalar.Text))
                problems.Add(
                    node.Source.Problem(
                        $"'{name}' is the range {scalar.Text}. Put it into 'sweep: grid', or in quotes if the text is meant."
                    )
                );
            else if (Value(name, node, problems) is { } value)
                pairs.Add(new(name, value));
        }
        return ParameterSet.Of(pairs);
    }

    public static bool NameHolds(string name, ValueSource source, List<Problem> problems)
    {
        if (!Names.IsParameter(name))
            problems.Add(source.Problem(Names.WhyNot("a parameter", name)));
        else if (TemplateScope.Words.ContainsKey(name))
            problems.Add(source.Problem($"'{name}' means something else in commands. Choose another name."));
        else
            return true;
        return false;
    }

    /// <summary>A parameter's value; null, with a problem, for what can't be one.</summary>
    public static ParameterValue? Value(string name, DocumentNode node, List<Problem> problems)
    {
        switch (node)
        {
            case DocumentNode.Scalar { Value: null }:
                problems.Add(
                    node.Source.Problem($"'{name}' has no value. Give it one, or write \"\" for an empty text.")
                );
                return null;
            case DocumentNode.Scalar scalar when scalar.Text.Contains('\0', StringComparison.Ordinal):
                problems.Add(
                    node.Source.Problem($"'{name}' holds a NUL character, which no command can take. Remove it.")
                );
                return null;
            case DocumentNode.Scalar scalar:
                return scalar.Value;
            case DocumentNode.Sequence list:
                var items = list.Items.Select(item => Value(name, item, problems)).ToList();
                return items.Contains(null) ? null : ParameterValue.Of([.. items.Select(item => item!)]);
            default:
                var inner = ((DocumentNode.Map)node).Entries is [var first, ..] ? first.Key : "part";
                problems.Add(
                    node.Source.Problem(
                        $"'{name}' takes a value or a list; this is a map. Write its parts as parameters of their own: '{name}.{inner}'."
                    )
                );
                return null;
        }
    }

    /// <summary>The values of an axis: a list (ranges in it count as their values), a range, or one value.</summary>
    public static IReadOnlyList<ParameterValue> Values(string name, DocumentNode node, List<Problem> problems)
    {
        var values = new List<ParameterValue>();
        foreach (var item in node is DocumentNode.Sequence list ? list.Items : [node])
            if (item is DocumentNode.Scalar { Quoted: false } scalar && RangeText.IsRange(scalar.Text))
            {
                if (RangeText.TryRead(scalar.Text, out var range, out var wrong))
                    values.AddRange(range);
                else
                    problems.Add(item.Source.Problem(wrong));
            }
            else if (Value(name, item, problems) is { } value)
                values.Add(value);
        if (node is DocumentNode.Sequence { Items.Count: 0 })
            problems.Add(node.Source.Problem($"'{name}' has no values. Give it at least one, or remove it."));
        return values;
    }
}
