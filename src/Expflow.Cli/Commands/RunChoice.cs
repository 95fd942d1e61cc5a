using Expflow.Indexing;
using Expflow.Problems;
using Expflow.Tracking;

namespace Expflow.Cli.Commands;

/// <summary>Finds the one run that the user means by the first digits of its id.</summary>
internal static class RunChoice
{
    private const int MostNamed = 5;

    /// <summary>Whether the text can be a run's id or its beginning, rather than a name.</summary>
    public static bool LooksLikeId(string text) => text.Length is >= 2 and <= 16 && text.All(char.IsAsciiHexDigit);

    /// <summary>The run whose id begins so.</summary>
    public static Checked<TrackedRun> One(RunIndex index, string prefix)
    {
        var found = LooksLikeId(prefix) ? index.Find(prefix.ToLowerInvariant()) : [];
        return found switch
        {
            [var one] => one,
            [] => new Problem(
                $"'{prefix}' is neither an experiment nor the beginning of a run's id. Run 'expflow status' to see both."
            ),
            _ => new Problem(
                $"'{prefix}' is the beginning of {found.Count} run ids: {string.Join(", ", found.Take(MostNamed).Select(run => $"'{run.Run.Id}'"))}{(found.Count > MostNamed ? ", …" : "")}. Give more digits."
            ),
        };
    }
}
