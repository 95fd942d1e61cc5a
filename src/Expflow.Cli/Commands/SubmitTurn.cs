using Expflow.Problems;
using Expflow.Processes;
using Expflow.Projects;

namespace Expflow.Cli.Commands;

/// <summary>The right to send runs out, or to take them back: one command of a project at a time.</summary>
internal static class SubmitTurn
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Takes the right to send: one command of a project at a time.</summary>
    public static async Task<Checked<FileLock>> TakeAsync(Composition with, ProjectFolder project)
    {
        project.Prepare();
        var began = with.Time.GetTimestamp();
        while (with.Time.GetElapsedTime(began) < Patience)
        {
            if (FileLock.TryTake(project.SubmitLock) is { } taken)
                return taken;
            await Task.Delay(BetweenTries, with.Time);
        }
        return new Problem(
            $"Another command has been submitting in this project for {Patience.TotalMinutes:0} minutes: it holds '{project.SubmitLock}'. Wait for it, or end it, and try again."
        );
    }
}
