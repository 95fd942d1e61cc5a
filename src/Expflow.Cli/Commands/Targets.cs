using Expflow.Indexing;
using Expflow.Parameters;
using Expflow.Problems;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>The submitted runs that a command is to act upon: those of experiments named in full, and single ones.</summary>
internal static class Targets
{
    public const string Description =
        "Experiments by their whole names, and runs by the first digits of their ids, their folders, or their Slurm jobs ('123_4').";

    /// <summary>All runs of the experiments and runs named, each once. Nothing named is nothing, and a part of a name is no name.</summary>
    public static Checked<TrackedRun[]> Of(RunIndex index, IReadOnlyList<string> words, string? stage, string? where)
    {
        var problems = new List<Problem>();
        var runs = new List<TrackedRun>();
        foreach (var word in words)
            if (Named(index, word) is var named && named.TryGet(out var found))
                runs.AddRange(found);
            else
                problems.AddRange(named.Problems);
        if (problems.Count > 0)
            return Checked<TrackedRun[]>.Failed(problems);
        var distinct = runs.DistinctBy(run => run.Run.Id).ToList();
        if (stage is not null && distinct.Count > 0 && distinct.All(run => run.Run.Stage != stage))
            return new Problem($"No run named is of stage '{stage}'. {StagesOf(stage, distinct)}");
        return RunFilter.Where([.. distinct.Where(run => stage is null || run.Run.Stage == stage)], where, RowOf);
    }

    /// <summary>What a condition can say of a run.</summary>
    public static RunFilter.Row RowOf(TrackedRun run) =>
        new(run.Run.Id.ToString(), run.Run.Stage, run.History.State.Word, ParameterText.Read(run.Run.Parameters));

    private static Checked<TrackedRun[]> Named(RunIndex index, string word)
    {
        if (index.Experiments().Contains(word))
            return index.Runs(word).ToArray();
        var runs = RunWords.Named(index, word);
        if (runs.Count > 1)
            return RunWords.Ambiguous(word, runs);
        if (runs.Count == 1)
            return runs.ToArray();
        var experiment = SubmittedExperiments.ChooseOne(index, word);
        return experiment.TryGet(out var name)
            ? index.Runs(name).ToArray()
            : Checked<TrackedRun[]>.Failed(experiment.Problems);
    }

    private static string StagesOf(string stage, IEnumerable<TrackedRun> runs)
    {
        var stages = runs.Select(run => run.Run.Stage).Distinct().ToList();
        return Suggestion.For(stage, stages) is { } near
            ? $"Did you mean '{near}'?"
            : $"They are of {string.Join(", ", stages.Select(one => $"'{one}'"))}.";
    }
}
