using Expflow.Cli.Screens;
using Expflow.Slurm;
using Expflow.Trials;

namespace Expflow.Cli.Commands;

/// <summary>Waits for what Slurm's jobs measure, and shows each measure as it comes.</summary>
internal sealed class TrialFollowing(
    Composition with,
    TrialFolder folder,
    TrialRecord record,
    SlurmSite site,
    TrialScreen screen
)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromSeconds(10);

    // The last measure may stand on the shared disk a moment after its job has gone.
    private const int QuietQuestions = 2;

    private readonly Dictionary<string, int> shown = [];
    private int quiet;
    private long askedAt;

    /// <summary>Waits until all is measured, or until no job is left that could.</summary>
    /// <returns>An exit code when the user left before; null otherwise.</returns>
    public async Task<int?> FollowAsync(CancellationToken stop)
    {
        askedAt = with.Time.GetTimestamp();
        while (!ShowNew() && quiet < QuietQuestions)
        {
            try
            {
                await Task.Delay(Tick, with.Time, stop);
            }
            catch (OperationCanceledException)
            {
                with.Terminal.Complain(
                    $"The trial goes on. 'expflow trial {record.File} --show' tells what has come out."
                );
                return ExitCode.Interrupted;
            }
            if (with.Time.GetElapsedTime(askedAt) >= BetweenQuestions)
                await AskAsync();
        }
        return null;
    }

    private bool ShowNew()
    {
        var isWhole = true;
        foreach (var part in record.Parts)
        {
            var measures = folder.Measures(part.Stage);
            foreach (var measure in measures.Skip(shown.GetValueOrDefault(part.Stage)))
                screen.ShowMeasure(measure);
            shown[part.Stage] = measures.Count;
            isWhole &= measures.Count >= part.Phases.Count;
        }
        with.Terminal.Flush();
        return isWhole;
    }

    private async Task AskAsync()
    {
        askedAt = with.Time.GetTimestamp();
        var jobs = new List<SlurmJobId>();
        foreach (var part in record.Parts)
            if (SlurmJobId.TryParse(folder.JobOf(part.Stage), out var job))
                jobs.Add(job.Value);
        var answer = await site.Client.QueueAsync(new QueueQuery.Jobs(jobs));
        if (answer is SlurmAnswer<IReadOnlyList<QueuedJob>>.Answered { Value: var rows })
            quiet = rows.Any(row => row.State.IsLive) ? 0 : quiet + 1;
        else if (answer is SlurmAnswer<IReadOnlyList<QueuedJob>>.Missing)
            quiet++;
    }
}
