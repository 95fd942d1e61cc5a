using Expflow.Experiments;

namespace Expflow.Trials;

/// <summary>What a trial has found.</summary>
/// <param name="Rows">Every phase that was measured, held against the criteria.</param>
/// <param name="Choices">For each stage the number of workers for each GPU that is proposed.</param>
public sealed record TrialReport(IReadOnlyList<TrialRow> Rows, IReadOnlyList<TrialProposal> Choices)
{
    // Runs beside each other share their fate on a GPU: for less than this more of them aren't worth it.
    private const double WorthIt = 1.05;

    /// <summary>Judges.</summary>
    public static TrialReport Of(IReadOnlyList<TrialMeasure> measures, TrialSpec spec)
    {
        TrialRow[] rows = [.. measures.Select(measure => RowOf(measure, measures, spec))];
        return new(rows, [.. rows.GroupBy(row => row.Measure.Stage).Select(Choose)]);
    }

    private static TrialRow RowOf(TrialMeasure measure, IReadOnlyList<TrialMeasure> all, TrialSpec spec)
    {
        var alone = all.FirstOrDefault(other =>
            other.Stage == measure.Stage && other.Variant.Equals(measure.Variant) && other.Workers == 1
        );
        var gain = alone is { PerHour: > 0 } ? measure.PerHour / alone.PerHour : (double?)null;
        return new(measure, TrialCheck.Of(measure, spec), gain);
    }

    // The whole sweep gets one setting: that which brings most runs an hour over all variants, of those that no variant fails with.
    private static TrialProposal Choose(IGrouping<string, TrialRow> stage)
    {
        var variants = stage.Select(row => row.Measure.Variant).Distinct().Count();
        var settings = stage.GroupBy(row => row.Measure.Workers).OrderBy(setting => setting.Key).ToList();
        var whole = settings.Where(setting => setting.Count() == variants).ToList();
        var passed = whole.Where(setting => setting.All(row => row.Passed)).ToList();
        var best = Best(passed);
        // Where nothing meets all criteria, it still helps to know what at least nothing fails with.
        var unharmed = best ?? Best([.. whole.Where(setting => setting.All(row => row.Measure.Failed == 0))]);
        return new(stage.Key, unharmed?.Key, best is not null, unharmed is null ? null : Gain(unharmed));
    }

    private static IGrouping<int, TrialRow>? Best(List<IGrouping<int, TrialRow>> settings)
    {
        IGrouping<int, TrialRow>? best = null;
        foreach (var setting in settings)
            if (best is null || Rate(setting) > Rate(best) * WorthIt)
                best = setting;
        return best;
    }

    // Each variant has equally many runs to do, so the time for one of each is what counts.
    private static double Rate(IEnumerable<TrialRow> setting) =>
        1 / setting.Sum(row => row.Measure.PerHour > 0 ? 1 / row.Measure.PerHour : double.PositiveInfinity);

    private static double? Gain(IEnumerable<TrialRow> setting) =>
        setting.All(row => row.Gain is not null) ? setting.Average(row => row.Gain!.Value) : null;
}

/// <summary>One phase.</summary>
/// <param name="Measure">What was measured.</param>
/// <param name="Checks">The criteria.</param>
/// <param name="Gain">Runs an hour against one run at a time; null when that was not measured.</param>
public sealed record TrialRow(TrialMeasure Measure, IReadOnlyList<TrialCheck> Checks, double? Gain)
{
    /// <summary>True when no criterion is known to be broken.</summary>
    public bool Passed => Checks.All(check => check.Held != false);

    /// <summary>True when something that a criterion asks for could not be measured.</summary>
    public bool HasUnknown => Checks.Any(check => check.Held is null);
}

/// <summary>What is proposed for a stage.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Workers">Runs at a time on each GPU; null when with every number some run failed.</param>
/// <param name="Meets">Whether all criteria held that could be measured.</param>
/// <param name="Gain">Runs an hour against one run at a time, the mean over variants.</param>
public sealed record TrialProposal(string Stage, int? Workers, bool Meets, double? Gain);
