using Expflow.Advice;
using Expflow.Problems;

namespace Expflow.Cli.Commands;

/// <summary>Advice on one experiment.</summary>
/// <param name="Reading">What it is made of.</param>
/// <param name="Stages">The advice, stage by stage.</param>
/// <param name="Warnings">What makes finished runs hard to compare.</param>
/// <param name="Places">Where the advised requests would start, or why nobody knows.</param>
internal sealed record AdvisedExperiment(
    AdviceReading Reading,
    IReadOnlyList<StageAdvice> Stages,
    IReadOnlyList<ComparabilityWarning> Warnings,
    Checked<AdvicePlaces> Places
);

/// <summary>What was written into the file.</summary>
/// <param name="File">The file.</param>
/// <param name="Diff">The lines that changed, as a unified diff has them; none when nothing was written.</param>
/// <param name="Refused">What was not changed, why, and what to write where.</param>
internal sealed record AppliedAdvice(string File, IReadOnlyList<string> Diff, IReadOnlyList<Problem> Refused);
