using Expflow.Retries;
using Expflow.Runs;

namespace Expflow.Recovery;

/// <summary>Runs that go out together as one new array: of one stage and submission, for the same cause, with the same resources.</summary>
/// <param name="Submission">The submission whose manifest names them.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Cause">What they failed of; null for runs that did not fail: they are sent for the first time, or follow others.</param>
/// <param name="Resources">What each asks for.</param>
/// <param name="Runs">The runs.</param>
public sealed record RetryGroup(
    SubmissionId Submission,
    string Stage,
    string? Cause,
    RetryResources Resources,
    IReadOnlyList<RecoveryDecision> Runs
);
