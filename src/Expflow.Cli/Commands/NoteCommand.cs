using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Indexing;
using Expflow.Journal;
using Expflow.Problems;
using Expflow.Projects;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow note</c>: tags and notes of an experiment or of one of its runs.</summary>
internal sealed class NoteCommand(Composition with)
{
    private const string Description = """
        Keep tags and notes with an experiment or a run, and list them.

        Examples:
          expflow note digits --tag baseline --note 'weight decay did not matter'
          expflow note 1f3a9c --tag odd
          expflow note digits
        """;

    public static Command Create(Composition with)
    {
        var subject = new Argument<string?>("experiment or run")
        {
            Description = "An experiment's name, or the first digits of a run's id.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var tag = new Option<string[]>("--tag") { Description = "Add this tag. May be given several times." };
        var note = new Option<string?>("--note") { Description = "Add this note." };
        var json = SharedOptions.Json();
        var command = new Command("note", Description) { subject, tag, note, json };
        command.SetAction(parsed =>
            with.WithIndex(
                (project, index) =>
                    new NoteCommand(with).Run(
                        project,
                        index,
                        parsed.GetValue(subject),
                        parsed.GetValue(tag) ?? [],
                        parsed.GetValue(note),
                        parsed.GetValue(json)
                    )
            )
        );
        return command;
    }

    private int Run(ProjectFolder project, RunIndex index, string? subject, string[] tags, string? note, bool json)
    {
        if (subject is not null && !index.Experiments().Contains(subject) && RunChoice.LooksLikeId(subject))
        {
            var run = RunChoice.One(index, subject);
            return run.TryGet(out var found)
                ? Run(project, index, found.Experiment, found, tags, note, json)
                : with.Terminal.Fail(run.Problems);
        }
        var chosen = SubmittedExperiments.ChooseOne(index, subject);
        return chosen.TryGet(out var experiment)
            ? Run(project, index, experiment, null, tags, note, json)
            : with.Terminal.Fail(chosen.Problems);
    }

    private int Run(
        ProjectFolder project,
        RunIndex index,
        string experiment,
        TrackedRun? run,
        string[] tags,
        string? note,
        bool json
    )
    {
        if (tags.FirstOrDefault(string.IsNullOrWhiteSpace) is not null || note is { Length: 0 })
            return with.Terminal.Fail(
                new Problem("An empty tag or note says nothing. Write some text, or leave it out.")
            );
        if (tags.Length > 0 || note is not null)
        {
            try
            {
                using var journal = JournalWriter.Open(project.Journal, Composition.Host, with.Time);
                journal.Append(
                    new JournalEvent.Noted
                    {
                        At = with.Time.GetUtcNow(),
                        Experiment = experiment,
                        Run = run?.Run.Id,
                        Tags = tags,
                        Note = note,
                    }
                );
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                with.Terminal.Complain($"The note could not be kept: {refused.Message}");
                return ExitCode.Incomplete;
            }
            index.Refresh();
        }
        var notes = index.Notes(experiment).Where(noted => run is null || noted.Run == run.Run.Id).ToArray();
        if (json)
            NotesScreen.PrintJson(with.Terminal, experiment, notes);
        else
            NotesScreen.Print(with.Terminal, run is null ? experiment : $"{experiment} {run.Run.Id.Brief}", notes);
        return ExitCode.Done;
    }
}
