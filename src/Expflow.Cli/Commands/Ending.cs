using Expflow.Cli.Screens;
using Expflow.Projects;

namespace Expflow.Cli.Commands;

/// <summary>What a user sees when nothing more can happen: what came of it, and what to do about what didn't.</summary>
internal sealed class Ending(Composition with, ProjectFolder project)
{
    public int Show(string experiment, bool json)
    {
        using var index = with.OpenIndex(project);
        var reading = new StatusReading(project, index);
        if (json)
        {
            var standings = reading.All(experiment);
            StatusJson.Print(with.Terminal, [(experiment, standings)]);
            return standings.Any(one => one.IsHole) ? ExitCode.Incomplete : ExitCode.Done;
        }
        var status = reading.Of(experiment);
        new StatusScreen(with.Terminal, project).Show(status);
        new ResultsAtEnd(with, project, new(project, index, experiment)).Show();
        return status.Holes > 0 ? ExitCode.Incomplete : ExitCode.Done;
    }
}
