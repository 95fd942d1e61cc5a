using Expflow.Cli.Screens;
using Expflow.Projects;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>What a user sees when nothing more can happen: what came of it, and what to do about what didn't.</summary>
internal sealed class Ending(Composition with, ProjectFolder project)
{
    public int Show(string experiment, bool json)
    {
        using var index = with.OpenIndex(project);
        var standings = new Standings(_ => false).Of(index.Runs(experiment));
        if (json)
            StatusJson.Print(with.Terminal, [(experiment, standings)]);
        else
            new StatusScreen(with.Terminal, project).Show(experiment, standings);
        return standings.Any(one => one.IsHole) ? ExitCode.Incomplete : ExitCode.Done;
    }
}
