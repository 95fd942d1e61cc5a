namespace Expflow.Slurm;

/// <summary>Slurm, as its own programs let one speak with it: typed questions and orders, typed answers.</summary>
/// <remarks>
/// Each call has a time-out of its own. A question that got no answer is asked again a few times, with growing pauses; an order
/// (submit, cancel, hold, update) never, since it may have been carried out.
/// </remarks>
public sealed partial class SlurmClient
{
    // Between fields: a character that no name, comment or path holds.
    internal const char FieldEnd = '\x1f';

    // Between rows of squeue, since a comment may hold line ends.
    internal const char RowEnd = '\x1e';

    private readonly SlurmPrograms programs;
    private readonly SlurmPatience patience;
    private readonly TimeProvider clock;
    private readonly Random chance;
    private readonly SlurmStarter starter;

    /// <summary>A client.</summary>
    /// <param name="programs">How the programs are found and started.</param>
    /// <param name="clock">The time, for time-outs and pauses.</param>
    /// <param name="chance">For the pauses, so that many clients don't ask in step.</param>
    /// <param name="patience">How long to wait; null: as <see cref="SlurmPatience"/> says.</param>
    public SlurmClient(SlurmPrograms programs, TimeProvider clock, Random chance, SlurmPatience? patience = null)
    {
        (this.programs, this.clock, this.chance) = (programs, clock, chance);
        this.patience = patience ?? new();
        starter = new(programs, clock);
    }

    /// <summary>The same, with other patience.</summary>
    public SlurmClient With(SlurmPatience other) => new(programs, clock, chance, other);

    /// <summary>Whether Slurm is installed here: <c>sbatch</c> and <c>squeue</c> are on the search path.</summary>
    public bool IsInstalled => programs.Find("sbatch") is not null && programs.Find("squeue") is not null;

    // A question that changes nothing: asked again where nobody answered.
    private async Task<SlurmAnswer<SlurmPrint>> Ask(SlurmCall call, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        var pause = patience.FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            var answer = await Once(call, patience.Answer, cancel).ConfigureAwait(false);
            var elapsed = clock.GetElapsedTime(started);
            if (answer is not SlurmAnswer<SlurmPrint>.Unanswered silent)
                return answer;
            if (attempt >= patience.Tries || elapsed >= patience.Questions)
                return silent with { After = elapsed };
            await Task.Delay(pause * (0.75 + (chance.NextDouble() / 2)), clock, cancel).ConfigureAwait(false);
            pause *= 2;
        }
    }

    // An order is given once, since it may have been carried out though nobody said so.
    private async Task<SlurmAnswer<SlurmPrint>> Once(SlurmCall call, TimeSpan most, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        var answer = Judge(await starter.Call(WithCluster(call), most, cancel).ConfigureAwait(false));
        return answer is SlurmAnswer<SlurmPrint>.Unanswered silent
            ? silent with
            {
                After = clock.GetElapsedTime(started),
            }
            : answer;
    }

    private SlurmCall WithCluster(SlurmCall call) =>
        programs.Cluster is not { } cluster || call.Program is "sacctmgr"
            ? call
            : call with
            {
                Arguments = ["-M", cluster, .. call.Arguments],
            };

    // Program ended: said yes, said no, or said that nobody answered it.
    private static SlurmAnswer<SlurmPrint> Judge(SlurmAnswer<SlurmPrint> call)
    {
        if (
            call is not SlurmAnswer<SlurmPrint>.Answered { Value: var print }
            || (print.ExitCode == 0 && !print.TurnedAway)
        )
            return call;
        var words = RefusalTexts.Plain(print.Errors.Trim() is "" ? print.Output : print.Errors);
        if (print.TurnedAway)
            return new SlurmAnswer<SlurmPrint>.Refused(words, RefusalKind.QueueFull);
        if (RefusalTexts.SaysNobodyAnswered(words))
            return new SlurmAnswer<SlurmPrint>.Unanswered(TimeSpan.Zero, words);
        if (words is "")
            words = $"it ended with exit code {print.ExitCode} and said nothing";
        return new SlurmAnswer<SlurmPrint>.Refused(words, RefusalTexts.KindOf(words));
    }
}
