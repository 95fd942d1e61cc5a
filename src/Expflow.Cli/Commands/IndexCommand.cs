using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Journal;
using Expflow.Projects;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow index</c>: where the index stands and what the journal holds.</summary>
internal sealed class IndexCommand(Composition with)
{
    public static Command Create(Composition with)
    {
        var rebuild = new Option<bool>("--rebuild") { Description = "Forget the index and read the whole journal." };
        var json = SharedOptions.Json();
        var command = new Command(
            "index",
            "Show where the index stands and what the journal holds.\n\nExample: expflow index --rebuild"
        )
        {
            rebuild,
            json,
        };
        command.SetAction(parsed => new IndexCommand(with).Run(parsed.GetValue(rebuild), parsed.GetValue(json)));
        return command;
    }

    private sealed record Facts(
        string? Path,
        long Bytes,
        int Files,
        int Submissions,
        int Experiments,
        JournalNews News
    );

    private int Run(bool rebuild, bool json)
    {
        var project = with.FindProject();
        if (!project.TryGet(out var found))
            return with.Terminal.Fail(project.Problems);
        var facts = Read(found, rebuild);
        if (json)
            PrintJson(facts, rebuild);
        else
            Print(facts, rebuild);
        return ExitCode.Done;
    }

    private Facts Read(ProjectFolder project, bool rebuild)
    {
        using var index = with.OpenIndex(project);
        var journal = new JournalFolder(project.Journal);
        var news = rebuild ? index.Rebuild() : journal.ReadNew();
        var files = Directory.Exists(project.Journal)
            ? Directory.EnumerateFiles(project.Journal, "*" + JournalFolder.Ending).Count()
            : 0;
        var experiments = index.Experiments();
        return new(
            index.Path,
            index.Path is { } path && File.Exists(path) ? new FileInfo(path).Length : 0,
            files,
            experiments.Sum(experiment => index.Submissions(experiment).Count),
            experiments.Count,
            news
        );
    }

    private void Print(Facts facts, bool rebuilt)
    {
        var terminal = with.Terminal;
        if (rebuilt)
            terminal.Line("The index was rebuilt from the journal.");
        terminal.Line(
            $"index     {facts.Path ?? "in memory: the cache folder can't be written"}, {facts.Bytes / 1024:#,0} kB"
        );
        terminal.Line(
            $"journal   {DecisionText.Count(facts.Files, "file")}, {DecisionText.Count(facts.News.Events.Count, "event")}, {DecisionText.Count(facts.Submissions, "submission")}, {DecisionText.Count(facts.Experiments, "experiment")}"
        );
        if (facts.News.UnknownKinds > 0)
            terminal.Line(
                $"unknown   {DecisionText.Count(facts.News.UnknownKinds, "event")} of kinds that this version doesn't know; kept"
            );
        foreach (var torn in facts.News.Torn)
            terminal.Line($"torn      {torn} ends in half a line, which was left out");
        foreach (var damaged in facts.News.Damaged)
            terminal.Line($"damaged   {damaged}");
    }

    private void PrintJson(Facts facts, bool rebuilt) =>
        JsonOutput.Print(
            with.Terminal,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("index", facts.Path);
                json.WriteNumber("bytes", facts.Bytes);
                json.WriteBoolean("rebuilt", rebuilt);
                json.WriteNumber("files", facts.Files);
                json.WriteNumber("events", facts.News.Events.Count);
                json.WriteNumber("submissions", facts.Submissions);
                json.WriteNumber("experiments", facts.Experiments);
                json.WriteNumber("unknown_kinds", facts.News.UnknownKinds);
                json.WriteStartArray("torn");
                foreach (var torn in facts.News.Torn)
                    json.WriteStringValue(torn);
                json.WriteEndArray();
                json.WriteStartArray("damaged");
                foreach (var damaged in facts.News.Damaged)
                    json.WriteStringValue(damaged);
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );
}
