using VectorQuantization.Problems;

namespace VectorQuantization.Results;

/// <summary>Which rows a table or a picture is about.</summary>
/// <param name="Sweep">Only rows of this sweep, or null for all.</param>
/// <param name="Data">Only rows on the data set of this name, or null for all.</param>
public sealed record ResultSelection(string? Sweep, string? Data)
{
    /// <summary>The selected rows by what they ran on.</summary>
    /// <param name="from">Where to read.</param>
    /// <exception cref="BadInputException">Nothing is there, or nothing of that name.</exception>
    public IReadOnlyList<DataGroup> Of(ResultDatabase from)
    {
        var rows = from.Rows();
        if (rows.Count == 0)
            throw new BadInputException(
                $"'{from.Path}' holds no results yet: 'vq-benchmark run' and 'sweep' add them."
            );
        var problems = new ProblemList();
        Require(problems, "--sweep", Sweep, rows.Select(row => row.Cell.Sweep));
        Require(problems, "--data", Data, rows.Select(row => row.Data.Name));
        problems.ThrowIfAny();
        var selected = rows.Where(row =>
                (Sweep is null || row.Cell.Sweep == Sweep) && (Data is null || row.Data.Name == Data)
            )
            .ToList();
        if (selected.Count == 0)
            throw new BadInputException($"'--sweep {Sweep}' did not run on '--data {Data}': leave one of them out.");
        return DataGroup.Of(selected);
    }

    private static void Require(ProblemList problems, string option, string? asked, IEnumerable<string?> there)
    {
        if (asked is null)
            return;
        var known = there.OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        if (known.Contains(asked))
            return;
        var names = known.Count == 0 ? "none" : string.Join(", ", known.Select(name => $"'{name}'"));
        problems.Add($"'{option} {asked}' has no results. There are: {names}.");
    }
}
