using Expflow.Runs;

namespace Expflow.Submission;

/// <summary>Which runs go out now when Slurm doesn't take all of them at once.</summary>
public static class Portion
{
    /// <summary>The first runs in the order of the sweep, each with all that it needs, so that whole points come to their end early.</summary>
    /// <param name="wanted">The runs, upstream stages first.</param>
    /// <param name="most">How many may go.</param>
    /// <returns>At most <paramref name="most"/> of them, in the order given.</returns>
    public static IReadOnlyList<WantedRun> Of(IReadOnlyList<WantedRun> wanted, int most)
    {
        if (wanted.Count <= most)
            return wanted;
        var ranks = Ranks(wanted);
        var taken = wanted.OrderBy(run => ranks[run.Run.Id]).Take(most).Select(run => run.Run.Id).ToHashSet();
        return [.. wanted.Where(run => taken.Contains(run.Run.Id))];
    }

    // A run ranks after everything that it needs: by the last root that leads to it, then by its depth.
    private static Dictionary<RunId, (int Root, int Depth, int Place)> Ranks(IReadOnlyList<WantedRun> wanted)
    {
        var ranks = new Dictionary<RunId, (int Root, int Depth, int Place)>(wanted.Count);
        for (var place = 0; place < wanted.Count; place++)
        {
            var (root, depth) = (-1, 0);
            foreach (var need in wanted[place].Run.Needs)
                if (ranks.TryGetValue(need, out var of))
                    (root, depth) = (Math.Max(root, of.Root), Math.Max(depth, of.Depth + 1));
            ranks.Add(wanted[place].Run.Id, (root < 0 ? place : root, depth, place));
        }
        return ranks;
    }
}
