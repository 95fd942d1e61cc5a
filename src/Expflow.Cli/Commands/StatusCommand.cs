using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Indexing;
using Expflow.Problems;
using Expflow.Projects;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow status</c>: how the runs of experiments stand.</summary>
internal sealed class StatusCommand(Composition with)
{
    private static readonly string[] Kinds =
    [
        "pending",
        "running",
        "done",
        "failed",
        "cancelled",
        "holes",
        "older",
        "all",
    ];

    public static Command Create(Composition with)
    {
        var experiment = SharedOptions.Experiment();
        experiment.Description = "The experiment's name, or its file. All of them when left out.";
        var show = new Option<string?>("--show")
        {
            Description = $"List the runs of a kind: {string.Join(", ", Kinds)}.",
        };
        show.CompletionSources.Add(Kinds);
        var refresh = SharedOptions.Refresh();
        var requests = new Option<bool>("--requests")
        {
            Description = "Show how many questions an hour Slurm is asked, and what its controller says of you.",
        };
        var json = SharedOptions.Json();
        var command = new Command(
            "status",
            "Show how the runs of experiments stand.\n\nExample: expflow status digits --show failed"
        )
        {
            experiment,
            show,
            refresh,
            requests,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
                await new StatusCommand(with).RunAsync(
                    parsed.GetValue(experiment),
                    parsed.GetValue(show),
                    new(parsed.GetValue(refresh), parsed.GetValue(requests), parsed.GetValue(json))
                )
        );
        return command;
    }

    private sealed record Choices(bool Refresh, bool Requests, bool Json);

    private async Task<int> RunAsync(string? named, string? show, Choices choices)
    {
        if (show is not null && !Kinds.Contains(show))
            return with.Terminal.Fail(
                new Problem(
                    Suggestion.For(show, Kinds) is { } near
                        ? $"'{show}' is no kind of run. Did you mean '{near}'?"
                        : $"'{show}' is no kind of run. '--show' takes one of {string.Join(", ", Kinds)}."
                )
            );
        var project = with.FindProject();
        if (!project.TryGet(out var found))
            return with.Terminal.Fail(project.Problems);
        using var index = with.OpenIndex(found, out var news);
        var chosen = SubmittedExperiments.Choose(index, named);
        if (!chosen.TryGet(out var experiments))
            return with.Terminal.Fail(chosen.Problems);
        using var slurm = new SlurmReading(with, found, index);
        var view = await slurm.LookAsync(experiments, choices.Refresh);
        if (choices.Requests)
            return await new SlurmRequests(with, slurm).ShowAsync(view, choices.Json);
        var pools = await new PoolReading(with, found, index, slurm).LookAsync(experiments, choices.Refresh);
        var reading = new StatusReading(found, index, view, pools);
        // A writer that lives may be in the middle of its line.
        if (reading.Agent is null && view.Experiments.Count == 0)
            foreach (var torn in news.Torn)
                with.Terminal.Warn(
                    $"The journal file '{torn}' ends in half a line: its writer was killed. The half line was left out."
                );
        if (choices.Json)
            return PrintJson(found, index, reading, experiments, show);
        var holes = Show(found, index, reading, experiments, show);
        foreach (var line in SlurmLines.Of(view.Look, with.Time.GetUtcNow()))
            with.Terminal.Line(line);
        if (named is null)
            ShowUnsubmitted(found, experiments);
        return holes > 0 ? ExitCode.Incomplete : ExitCode.Done;
    }

    private int Show(ProjectFolder project, RunIndex index, StatusReading reading, string[] experiments, string? show)
    {
        var screen = new StatusScreen(with.Terminal, project);
        var (holes, underway) = (0, false);
        foreach (var experiment in experiments)
        {
            var status = reading.Of(experiment);
            holes += status.Holes;
            underway |= status is { IsUnderway: true, Slurm: null, Pools.Count: 0 };
            if (show is null)
                screen.Show(status);
            else
                screen.List(Pick(project, index, experiment, reading.All(experiment), show));
        }
        if (show is null && underway)
            with.Terminal.Line(
                reading.Agent is > 0 and var pid ? $"The agent at work is process {pid}; 'expflow watch' follows it."
                : reading.Agent is not null ? "An agent is at work."
                : "No agent is at work on this machine: what is pending waits. 'expflow run FILE' goes on."
            );
        return holes;
    }

    private void ShowUnsubmitted(ProjectFolder project, string[] experiments)
    {
        var never = UnsubmittedFiles.Find(project, experiments);
        if (experiments.Length == 0)
            with.Terminal.Line("Nothing has been submitted in this project yet.");
        foreach (var file in never)
            with.Terminal.Line($"never run: '{file}'. 'expflow run {file}' runs it.");
    }

    private int PrintJson(
        ProjectFolder project,
        RunIndex index,
        StatusReading reading,
        string[] experiments,
        string? show
    )
    {
        var all = experiments
            .Select(experiment => (Experiment: experiment, Standings: reading.All(experiment)))
            .ToList();
        StatusJson.Print(
            with.Terminal,
            all,
            [.. all.SelectMany(one => Pick(project, index, one.Experiment, one.Standings, show ?? "all"))],
            reading.Agent,
            reading.Of,
            reading.OnSlurm,
            reading.PoolOf
        );
        return all.Any(one => one.Standings.Any(run => run.IsHole)) ? ExitCode.Incomplete : ExitCode.Done;
    }

    private static IEnumerable<RunStanding> Pick(
        ProjectFolder project,
        RunIndex index,
        string experiment,
        IReadOnlyList<RunStanding> standings,
        string show
    )
    {
        if (show == "all")
            return standings;
        if (show == "holes")
            return standings.Where(one => one.IsHole);
        if (show != "older")
            return standings.Where(one => one.State == show);
        var age = new CodeAge(project, index, experiment);
        return standings.Where(one => one.State == "done" && age.IsOlder(one.Run));
    }
}
