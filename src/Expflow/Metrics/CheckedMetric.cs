namespace Expflow.Metrics;

/// <summary>What a judge knows of one check: which ways of failing it have been told, and which are out of the question.</summary>
/// <param name="check">The check.</param>
/// <param name="earlier">What earlier attempts brought.</param>
internal sealed class CheckState(MetricCheck check, MetricSummary earlier)
{
    public MetricCheck Check { get; } = check;

    public bool RangeSettled { get; set; } = check is { Min: null, Max: null };

    public bool FiniteSettled { get; set; } = !check.Finite;

    public bool BelowSettled { get; set; } =
        check.Below is null || (earlier.Count > 0 && earlier.Min < check.Below && !(earlier.MinStep > check.By));

    public bool AboveSettled { get; set; } =
        check.Above is null || (earlier.Count > 0 && earlier.Max > check.Above && !(earlier.MaxStep > check.By));
}

/// <summary>One metric of a run and the checks on it.</summary>
internal sealed class CheckedMetric(string name, MetricSummary earlier)
{
    // The default summary has no values, and NaN is what its smallest and largest must be.
    private MetricSummary seen = earlier.Count == 0 ? MetricSummary.None : earlier;
    private (long Step, double Value)? before;

    private readonly List<CheckState> checks = [];

    public void Check(MetricCheck check) => checks.Add(new CheckState(check, earlier));

    public void Add(long step, double value, List<FailedMetricCheck> failed)
    {
        seen = seen.With(step, value);
        foreach (var state in checks)
            Judge(state, step, value, failed);
        before = (step, value);
    }

    public void End(List<FailedMetricCheck> failed)
    {
        if (seen.Count == 0)
        {
            failed.Add(new(checks[0].Check, CheckTexts.NeverCame(name), null));
            return;
        }
        foreach (var state in checks)
            JudgeEnd(state, failed);
    }

    private void Judge(CheckState state, long step, double value, List<FailedMetricCheck> failed)
    {
        var check = state.Check;
        if (!state.FiniteSettled && !double.IsFinite(value))
        {
            state.FiniteSettled = true;
            failed.Add(new(check, CheckTexts.NotFinite(name, step, value), step));
        }
        // What the check on finite values tells is not told twice.
        if (!state.RangeSettled && !InRange(check, value) && !(check.Finite && !double.IsFinite(value)))
        {
            state.RangeSettled = true;
            failed.Add(new(check, CheckTexts.OutOfRange(check, step, value), step));
        }
        state.BelowSettled =
            state.BelowSettled || Reach(check, value < check.Below, step, value, CheckTexts.Below(check), failed);
        state.AboveSettled =
            state.AboveSettled || Reach(check, value > check.Above, step, value, CheckTexts.Above(check), failed);
    }

    private static bool InRange(MetricCheck check, double value) =>
        (check.Min is not { } min || value >= min) && (check.Max is not { } max || value <= max);

    // True when it is certain, either way.
    private bool Reach(
        MetricCheck check,
        bool there,
        long step,
        double value,
        string must,
        List<FailedMetricCheck> failed
    )
    {
        if (there && !(step > check.By))
            return true;
        if (check.By is not { } by || step < by)
            return false;
        // An attempt that resumed behind the step was judged on it by the attempt before.
        if (step > by && before is null && seen.Count > 1)
            return true;
        var (atStep, found) = step > by && before is { } last ? last : (step, value);
        failed.Add(new(check, CheckTexts.NotReached(name, atStep, found, must), step));
        return true;
    }

    private void JudgeEnd(CheckState state, List<FailedMetricCheck> failed)
    {
        var check = state.Check;
        if (check.Varies && !Varied)
            failed.Add(new(check, CheckTexts.NeverVaried(name, seen), null));
        if (!state.BelowSettled && !(seen.Min < check.Below && check.By is null))
            failed.Add(
                new(
                    check,
                    CheckTexts.NeverReached(name, seen, "lowest", seen.Min, seen.MinStep, CheckTexts.Below(check)),
                    null
                )
            );
        if (!state.AboveSettled && !(seen.Max > check.Above && check.By is null))
            failed.Add(
                new(
                    check,
                    CheckTexts.NeverReached(name, seen, "highest", seen.Max, seen.MaxStep, CheckTexts.Above(check)),
                    null
                )
            );
    }

    private bool Varied => seen.Min < seen.Max || (seen.NonFinite > 0 && seen.NonFinite < seen.Count);
}
