namespace Expflow.Verification;

/// <summary>The words for kinds of holes.</summary>
public static class HoleKinds
{
    /// <summary>As screens say it: <c>never submitted</c>.</summary>
    public static string Words(this HoleKind kind) =>
        kind switch
        {
            HoleKind.NeverSubmitted => "never submitted",
            HoleKind.Pending => "pending",
            HoleKind.Running => "running",
            HoleKind.Failed => "failed",
            HoleKind.Cancelled => "cancelled",
            HoleKind.CheckFailed => "check failed",
            HoleKind.MetricMissing => "metric missing",
            HoleKind.NotFinite => "not finite",
            HoleKind.OutputsGone => "outputs gone",
            _ => "older code",
        };

    /// <summary>As JSON has it: <c>never_submitted</c>.</summary>
    public static string Key(this HoleKind kind) => kind.Words().Replace(' ', '_');
}
