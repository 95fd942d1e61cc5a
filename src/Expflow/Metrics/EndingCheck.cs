namespace Expflow.Metrics;

/// <summary>Whether a run that ended well breaks a check that would have ended it (<c>on_fail: end</c>).</summary>
/// <remarks>A short run may be over before anybody looked, and one that resumed may stand on values from before it was ended.</remarks>
public static class EndingCheck
{
    /// <summary>The violation in words; null when there is none.</summary>
    /// <param name="checks">The checks of the run's stage.</param>
    /// <param name="failed">What the judge of the latest attempt found.</param>
    /// <param name="standing">The values that count, those of earlier attempts included.</param>
    public static string? Broken(
        IEnumerable<MetricCheck> checks,
        IEnumerable<FailedMetricCheck> failed,
        IReadOnlyDictionary<string, MetricSummary> standing
    )
    {
        foreach (var failure in failed)
            if (failure.Check.OnFail == FailedCheck.End)
                return failure.Text;
        foreach (var check in checks)
            if (
                check is { OnFail: FailedCheck.End, Finite: true }
                && standing.TryGetValue(check.Metric, out var summary)
                && summary.NonFinite > 0
            )
                return CheckTexts.SomeNotFinite(check.Metric, summary);
        return null;
    }
}
