using Expflow.Projects;

namespace Expflow.Cli.Commands;

/// <summary>Recovers an experiment whenever something has failed, no oftener than Slurm is asked anyway.</summary>
internal sealed class ContinuousRecovery(Composition with, ProjectFolder project, string experiment)
{
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromSeconds(10);

    // Screens that are drawn again and again have no room for a table of decisions.
    private readonly RecoveryRound round = new(with with { Terminal = with.Terminal.Muted() }, project);
    private bool isDue = true;
    private long lastRound;

    /// <summary>What was done last, or why it could not be; empty before that.</summary>
    public IReadOnlyList<string> Lines { get; private set; } = [];

    /// <summary>Something has failed.</summary>
    public void Note() => isDue = true;

    /// <summary>Recovers when it is time to.</summary>
    /// <param name="atOnce">Whether nothing more would happen otherwise.</param>
    /// <returns>True when runs go out again.</returns>
    public async Task<bool> TickAsync(bool atOnce)
    {
        if (!atOnce && (!isDue || (lastRound != 0 && with.Time.GetElapsedTime(lastRound) < BetweenRounds)))
            return false;
        isDue = false;
        using var index = with.OpenIndex(project);
        var done = await round.RunAsync(index, experiment, new(false, false, Yes: true, null, Json: true));
        lastRound = with.Time.GetTimestamp();
        if (!done.TryGet(out var outcome))
        {
            Lines = [.. done.Problems.Select(problem => $"recover: {problem.Text}")];
            return false;
        }
        if (outcome.Outcome is { } words)
            Lines = [$"recover: {words}"];
        return !outcome.Plan.IsIdle;
    }
}
