using System.Buffers;
using System.Text;
using System.Text.Json;
using Expflow.Contract;
using Expflow.Journal;
using Expflow.Metrics;
using Expflow.Runs;
using Expflow.Slurm;

namespace Expflow.Executors;

/// <summary>Says how an attempt ended: from its exit, from what it left behind, and from what the agent did to it.</summary>
public static class AttemptJudge
{
    /// <summary>How the command ended.</summary>
    /// <param name="ExitCode">Its exit code; null when a signal ended it, or nobody saw.</param>
    /// <param name="Signal">The signal that ended it.</param>
    /// <param name="Elapsed">Wall time in seconds; null when nobody saw.</param>
    /// <param name="CpuSeconds">CPU time; null when nobody saw.</param>
    /// <param name="PeakMemory">The most memory, in bytes; null when nobody saw.</param>
    public sealed record Ending(int? ExitCode, int? Signal, double? Elapsed, double? CpuSeconds, long? PeakMemory)
    {
        /// <summary>A shell reports a signal as 128 and its number: it was the wrapper's exit code, not the command's own.</summary>
        public Ending Unwrapped() =>
            ExitCode is > 128 and <= 128 + 64 and var code ? this with { ExitCode = null, Signal = code - 128 } : this;
    }

    /// <summary>The event that ends the attempt.</summary>
    public static JournalEvent.AttemptEnded Judge(ActiveAttempt attempt, Ending ending, DateTimeOffset at)
    {
        var order = attempt.Order;
        var summaries = Summaries(attempt);
        var (outcome, diagnosis) = OutcomeOf(attempt, ending);
        var failed = outcome == AttemptOutcome.Again ? [] : attempt.Checks?.Finish() ?? [];
        if (
            outcome == AttemptOutcome.Done
            && EndingCheck.Broken(order.Stage.Checks, failed, summaries) is { } violation
        )
            (outcome, diagnosis) = (AttemptOutcome.Failed, new Diagnosis.CheckFailed(violation));
        return new()
        {
            At = at,
            Run = order.Run.Id,
            Attempt = attempt.Place.Number,
            Token = attempt.Token,
            Outcome = outcome,
            Cause = diagnosis?.Cause ?? (outcome == AttemptOutcome.Again ? CutShort.AgainCause(attempt) : null),
            Reason = diagnosis?.Words ?? (outcome == AttemptOutcome.Again ? AgainWords(attempt, ending) : null),
            ExitCode = ending.ExitCode,
            Elapsed = ending.Elapsed,
            CpuSeconds = ending.CpuSeconds,
            PeakMemory = ending.PeakMemory,
            Metrics = summaries.Count == 0 ? null : Text(summaries),
            Flags = outcome == AttemptOutcome.Again ? [] : Flags(attempt, summaries, failed),
            Output = (attempt.Place as AttemptPlace.Packed)?.Written(),
        };
    }

    private static (AttemptOutcome, Diagnosis?) OutcomeOf(ActiveAttempt attempt, Ending ending)
    {
        if (attempt.Cause is StopCause.Cancelled)
            return (AttemptOutcome.Failed, new Diagnosis.Cancelled());
        if (attempt.Cause is StopCause.Warned or StopCause.Terminated)
            return CutShort.OutcomeOf(attempt, ending);
        if (ending.ExitCode == ExitCodes.Resume && attempt.Cause is null or StopCause.Walltime or StopCause.Interrupted)
            return (AttemptOutcome.Again, null);
        if (ending.ExitCode == 0 && attempt.Cause is null or StopCause.Walltime or StopCause.Interrupted)
            return OutcomeOfSuccess(attempt);
        return attempt.Cause switch
        {
            StopCause.Interrupted => (AttemptOutcome.Again, null),
            StopCause.Walltime(var limit) => (AttemptOutcome.Failed, new Diagnosis.TimedOut(Walltime.From(limit))),
            StopCause.Hung(var limit) => (AttemptOutcome.Failed, new Diagnosis.Hung(Walltime.From(limit))),
            StopCause.Memory(var asked, var used) => (
                AttemptOutcome.Failed,
                new Diagnosis.OutOfMemory(SizeOf(asked), SizeOf(used))
            ),
            StopCause.Check(var violation) => (AttemptOutcome.Failed, new Diagnosis.CheckFailed(violation)),
            _ => (AttemptOutcome.Failed, DiagnosisOf(attempt, ending)),
        };
    }

    // The command ended by itself: its log knows more than its exit code.
    private static Diagnosis DiagnosisOf(ActiveAttempt attempt, Ending ending)
    {
        Diagnosis seen = ending.Signal is { } signal
            ? new Diagnosis.Signalled(signal)
            : new Diagnosis.BadExit(ending.ExitCode ?? -1);
        var log = attempt.Place.Output;
        var clue = LogClues.FindIn(log, attempt.Place.StartIn(log));
        return clue?.Explain(seen, SizeOf(attempt.Order.Memory), SizeOf(ending.PeakMemory)) ?? seen;
    }

    private static MemorySize? SizeOf(long? bytes) => bytes is > 0 and var size ? MemorySize.FromBytes(size) : null;

    // Exit code 0 is a claim; the declared outputs are the proof.
    internal static (AttemptOutcome, Diagnosis?) OutcomeOfSuccess(ActiveAttempt attempt)
    {
        var stage = attempt.Order.Stage;
        if (stage.Outputs.Count == 0)
            return (AttemptOutcome.Done, null);
        var missing = OutputProof.Missing(attempt.Place.RunFolder, attempt.Order.OutputNames(attempt.Place));
        return missing.Count == 0
            ? (AttemptOutcome.Done, null)
            : (AttemptOutcome.Failed, new Diagnosis.MissingOutputs(missing));
    }

    private static string AgainWords(ActiveAttempt attempt, Ending ending) =>
        attempt.Cause switch
        {
            StopCause.Interrupted => "interrupted; goes on from its last checkpoint",
            StopCause.Walltime(var limit) => $"saved at its walltime of {Walltime.From(limit)}; goes on from there",
            StopCause.Warned or StopCause.Terminated => CutShort.AgainWords(attempt, ending),
            _ => "asked to be run again from its checkpoint (exit 75)",
        };

    private static IReadOnlyDictionary<string, MetricSummary> Summaries(ActiveAttempt attempt) =>
        attempt.Place switch
        {
            AttemptPlace.Own own => RunMetrics.Summarise(
                AttemptSources.OfRun(attempt.Order.Stage, own.RunFolder, own.Number)
            ),
            AttemptPlace.Packed packed => RunMetrics.Summarise([
                // Most short runs write no metrics, and 5,000 of them should not open 5,000 files to learn that.
                new(
                    packed.Number,
                    [
                        .. AttemptSources
                            .Of(attempt.Order.Stage, packed)
                            .Where(source => AttemptPlace.LengthOf(source.Path) > source.Start),
                    ]
                ),
            ]),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static List<RunFlag> Flags(
        ActiveAttempt attempt,
        IReadOnlyDictionary<string, MetricSummary> summaries,
        IEnumerable<FailedMetricCheck> failed
    )
    {
        var flags = new List<RunFlag>();
        foreach (var metric in attempt.Order.Stage.RequiredMetrics)
            if (!summaries.ContainsKey(metric))
                flags.Add(new("metric_missing", $"metric '{metric}' never came"));
        foreach (var (metric, summary) in summaries)
            if (summary.NonFinite > 0)
                flags.Add(
                    new(
                        "not_finite",
                        $"metric '{metric}' has {summary.NonFinite} of {summary.Count} values that are NaN or infinite"
                    )
                );
        foreach (var failure in failed)
            flags.Add(new("check_failed", failure.Text));
        return flags;
    }

    private static string Text(IReadOnlyDictionary<string, MetricSummary> summaries)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
            MetricSummaryJson.Write(json, summaries);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
