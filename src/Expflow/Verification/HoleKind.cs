namespace Expflow.Verification;

/// <summary>Why an expected run has no verified result.</summary>
public enum HoleKind
{
    /// <summary>The experiment asks for it, and no submission names it.</summary>
    NeverSubmitted,

    /// <summary>Submitted, and not started or to be started again.</summary>
    Pending,

    /// <summary>Started, and not ended.</summary>
    Running,

    /// <summary>Ended without success.</summary>
    Failed,

    /// <summary>Not to be run, on the user's word.</summary>
    Cancelled,

    /// <summary>Ended well, or was ended early, but did not hold what its experiment demands of its metrics: a dead run.</summary>
    CheckFailed,

    /// <summary>Ended well, but a metric that it had to bring never came.</summary>
    MetricMissing,

    /// <summary>Ended well, but a metric has values that are NaN or infinite.</summary>
    NotFinite,

    /// <summary>Ended well, but declared outputs have gone since.</summary>
    OutputsGone,

    /// <summary>Ended well, but with code that has moved on since.</summary>
    OlderCode,
}
