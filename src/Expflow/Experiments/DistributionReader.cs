using Expflow.Documents;
using Expflow.Parameters;
using Expflow.Problems;
using Expflow.Sweeps;

namespace Expflow.Experiments;

/// <summary>Reads what a random parameter is drawn from.</summary>
internal static class DistributionReader
{
    public static Distribution? Read(string name, DocumentNode node, List<Problem> problems)
    {
        if (node is DocumentNode.Sequence)
            return Choice(name, node, problems);
        if (node is DocumentNode.Scalar { Quoted: false } scalar && RangeText.IsRange(scalar.Text))
            return Range(scalar, problems);
        if (node is not DocumentNode.Map { Entries: [var entry] } map)
        {
            problems.Add(
                node.Source.Problem(
                    $"'{name}' takes one of uniform, log_uniform, integers and choice, such as {{uniform: [0, 0.5]}}; this is {Shown(node)}."
                )
            );
            return null;
        }
        _ = new MapReader(map, ExperimentKeys.Distribution, problems);
        return entry.Key switch
        {
            "choice" => Choice(name, entry.Value, problems),
            "uniform" => Numbers(entry, problems) is var (low, high) ? new Distribution.Uniform(low, high) : null,
            "log_uniform" => Logarithmic(entry, problems),
            "integers" => Integers(entry, problems),
            _ => null,
        };
    }

    private static string Shown(DocumentNode node) =>
        node is DocumentNode.Map map ? $"a map of {map.Entries.Count} keys" : MapReader.Shown(node);

    private static Distribution.Choice? Choice(string name, DocumentNode node, List<Problem> problems) =>
        ParametersReader.Values(name, node, problems) is { Count: > 0 } values ? new(values) : null;

    // Too many values to list them: only the ends count.
    private static Distribution? Range(DocumentNode.Scalar scalar, List<Problem> problems)
    {
        if (
            RangeText.TryParts(scalar.Text, out var low, out var high, out _, out var stepped)
            && !stepped
            && low <= high
            && decimal.IsInteger(low)
            && decimal.IsInteger(high)
        )
            return new Distribution.Integers((long)low, (long)high);
        if (stepped && RangeText.TryRead(scalar.Text, out var values, out _))
            return new Distribution.Choice(values);
        problems.Add(
            scalar.Source.Problem(
                $"'{scalar.Text}' is no range of integers from low to high. Write 2..8, or {{uniform: [0.1, 0.5]}} for numbers."
            )
        );
        return null;
    }

    private static (double Low, double High)? Numbers(DocumentEntry entry, List<Problem> problems)
    {
        if (
            entry.Value is DocumentNode.Sequence { Items: [var first, var second] }
            && MapReader.AsNumber(first) is { } low
            && MapReader.AsNumber(second) is { } high
            && double.IsFinite(high - low)
            && low < high
        )
            return (low, high);
        problems.Add(
            entry.Value.Source.Problem($"'{entry.Key}' takes two numbers, the lower first, such as [0.1, 0.5].")
        );
        return null;
    }

    private static Distribution.LogUniform? Logarithmic(DocumentEntry entry, List<Problem> problems)
    {
        if (Numbers(entry, problems) is not var (low, high))
            return null;
        if (low > 0)
            return new(low, high);
        problems.Add(
            entry.Value.Source.Problem(
                $"'log_uniform' begins at {low:R}, but only numbers above 0 have a logarithm. Use 'uniform', or begin higher."
            )
        );
        return null;
    }

    private static Distribution.Integers? Integers(DocumentEntry entry, List<Problem> problems)
    {
        if (
            entry.Value is DocumentNode.Sequence
            {
                Items: [
                    DocumentNode.Scalar { Value: ParameterValue.Integer { Value: var low } },
                    DocumentNode.Scalar { Value: ParameterValue.Integer { Value: var high } },
                ]
            }
        )
            if (low <= high)
                return new(low, high);
        problems.Add(entry.Value.Source.Problem("'integers' takes two integers, the lower first, such as [1, 8]."));
        return null;
    }
}
