using Expflow.Indexing;
using Expflow.Problems;

namespace Expflow.Cli.Commands;

/// <summary>Finds the experiment that the user means among those that were submitted.</summary>
internal static class SubmittedExperiments
{
    /// <summary>The one named; all of them when none is named.</summary>
    public static Checked<string[]> Choose(RunIndex index, string? named)
    {
        var all = index.Experiments();
        if (named is null)
            return all.ToArray();
        var one = One(all, named);
        return one.TryGet(out var found) ? new[] { found } : Checked<string[]>.Failed(one.Problems);
    }

    /// <summary>The one named; the only one when none is named.</summary>
    public static Checked<string> ChooseOne(RunIndex index, string? named)
    {
        var all = index.Experiments();
        if (named is not null)
            return One(all, named);
        return all.Count switch
        {
            0 => new Problem("Nothing has been submitted in this project. Run 'expflow run FILE' first."),
            1 => all[0],
            _ => new Problem($"Which experiment: {string.Join(", ", all.Select(name => $"'{name}'"))}? Name one."),
        };
    }

    private static Checked<string> One(IReadOnlyList<string> all, string named)
    {
        // A file's name is as good as the experiment's: that is what the user has typed before.
        var name =
            named.EndsWith(".yaml", StringComparison.Ordinal) || named.EndsWith(".yml", StringComparison.Ordinal)
                ? Path.GetFileNameWithoutExtension(named)
                : named;
        if (all.Contains(named))
            return named;
        if (all.Contains(name))
            return name;
        var hint =
            Suggestion.For(name, all) is { } near ? $"Did you mean '{near}'?"
            : all.Count == 0 ? "Nothing has been submitted in this project. Run 'expflow run FILE' first."
            : $"There is {string.Join(", ", all.Select(one => $"'{one}'"))}.";
        return new Problem($"No experiment '{named}' has been submitted. {hint}");
    }
}
