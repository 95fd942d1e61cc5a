using Expflow.Cli.Screens;
using Expflow.Indexing;
using Expflow.Parameters;
using Expflow.Problems;
using Expflow.Slurm;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>Finds the run that the user means: by the first digits of its id, by its folder, or by experiment, stage and parameters.</summary>
internal static class RunWords
{
    public const string Description =
        "The run: the first four or more digits of its id, its folder, its Slurm job ('123_4'), or experiment, stage and parameters ('digits main lr=0.1,seed=3').";

    private const int FewestDigits = 4;
    private const int BriefDigits = 6;
    private const int MostListed = 8;

    /// <summary>Exactly one run.</summary>
    public static Checked<TrackedRun> One(RunIndex index, IReadOnlyList<string> words)
    {
        if (words.Count == 1 && Named(index, words[0]) is { Count: > 0 } named)
            return Single(words[0], named);
        var described = Described(index, words);
        return described.TryGet(out var runs)
            ? Single(string.Join(' ', words), runs)
            : Checked<TrackedRun>.Failed(described.Problems);
    }

    /// <summary>The runs whose id begins so, whose folder or whose job it is; empty when the word is none of these.</summary>
    public static IReadOnlyList<TrackedRun> Named(RunIndex index, string word)
    {
        if (JobReference.TryParse(word, out var reference) && reference is JobReference.Task task)
            return JobWords.Find(index, task);
        if (word.Length >= FewestDigits && word.All(char.IsAsciiHexDigit))
            return index.Find(word.ToLowerInvariant());
        // Any path in the run's folder will do: people paste what a shell completed.
        foreach (var name in word.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            var digits = name[(name.LastIndexOf('-') + 1)..];
            if (digits.Length < BriefDigits || !digits.All(char.IsAsciiHexDigit))
                continue;
            var found = index.Find(digits).Where(run => Path.GetFileName(run.Run.Folder) == name).ToList();
            if (found.Count > 0)
                return found;
        }
        return [];
    }

    /// <summary>Says which runs a word could mean, when it could mean several.</summary>
    public static Problem Ambiguous(string word, IReadOnlyList<TrackedRun> runs)
    {
        var listed = runs.Take(MostListed).Select(run => $"\n  {run.Run.Id}  {run.Experiment} {RunNames.Of(run.Run)}");
        var more = runs.Count > MostListed ? $"\n  … and {runs.Count - MostListed} more" : "";
        return new($"'{word}' could be any of {runs.Count} runs. Name one of them:{string.Concat(listed)}{more}");
    }

    private static Checked<TrackedRun> Single(string word, IReadOnlyList<TrackedRun> runs) =>
        runs.Count switch
        {
            0 => new Problem($"No run is '{word}'. 'expflow status' shows what was submitted."),
            1 => runs[0],
            _ => Ambiguous(word, runs),
        };

    private static Checked<TrackedRun[]> Described(RunIndex index, IReadOnlyList<string> words)
    {
        var chosen = SubmittedExperiments.ChooseOne(index, words[0]);
        if (!chosen.TryGet(out var experiment))
            return words.Count > 1
                ? Checked<TrackedRun[]>.Failed(chosen.Problems)
                : new Problem(
                    $"There is no run '{words[0]}'. Give the first {FewestDigits} or more digits of its id, its folder, or experiment, stage and parameters: 'digits main lr=0.1,seed=3'."
                );
        var runs = index.Runs(experiment);
        foreach (var word in words.Skip(1))
            if (word.Contains('='))
                runs = [.. runs.Where(run => Matches(run, word))];
            else
                runs = [.. runs.Where(run => run.Run.Stage == word)];
        return runs.ToArray();
    }

    private static bool Matches(TrackedRun run, string assignments)
    {
        var parameters = ParameterText.Read(run.Run.Parameters);
        foreach (var assignment in assignments.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = assignment.IndexOf('=');
            var (name, text) =
                equals < 0 ? (assignment, "") : (assignment[..equals].Trim(), assignment[(equals + 1)..]);
            if (!parameters.TryGet(name, out var value))
                return false;
            if (!value.Equals(YamlScalar.Read(text.Trim())) && value.Display != text.Trim())
                return false;
        }
        return true;
    }
}
