using Expflow.Access;
using Expflow.Experiments;
using Expflow.Indexing;
using Expflow.Problems;
using Expflow.Processes;
using Expflow.Slurm;

namespace Expflow.Cli.Commands;

/// <summary>Which partitions the user's jobs may use, from the cache where it is young enough.</summary>
internal sealed class AccessReading
{
    private readonly Composition with;
    private readonly SlurmClient slurm;
    private readonly AccessMemory memory;

    private AccessReading(Composition with, SlurmClient slurm, AccessSite site)
    {
        (this.with, this.slurm, Site) = (with, slurm, site);
        memory = new(IndexPlace.FromEnvironment(with.Environment).Folder, site.Cluster, UserFacts.Id);
    }

    /// <summary>The cluster.</summary>
    public AccessSite Site { get; }

    /// <summary>How many calls of <c>sbatch --test-only</c> were made; what stood in the cache took none.</summary>
    public int Spent { get; private set; }

    /// <summary>Asks the cluster for its partitions, nodes and the user's accounts.</summary>
    public static async Task<Checked<AccessReading>> OpenAsync(Composition with)
    {
        var slurm = with.Slurm();
        return await AccessSite.ReadAsync(slurm, SlurmSite.User) switch
        {
            SlurmAnswer<AccessSite>.Answered { Value: var site } => new AccessReading(with, slurm, site),
            SlurmAnswer<AccessSite>.Missing missing => new Problem(
                $"'{missing.Program}' was not found, so that there are no partitions to ask about. Load Slurm's module; 'expflow env' tells what this machine has."
            ),
            SlurmAnswer<AccessSite>.Refused refused => new Problem(
                $"'scontrol show partition' fails: {refused.Words.TrimEnd('.')}. 'expflow env' tells what this machine has."
            ),
            SlurmAnswer<AccessSite>.Unanswered silent => new Problem(
                $"Slurm gave no answer in {silent.After.TotalSeconds:0.#} s. Try again later, or wait longer: EXPFLOW_SLURM_TIMEOUT=60."
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>The map for a job.</summary>
    /// <param name="wanted">What it asks for; nothing: any small job.</param>
    /// <param name="calls">The most calls of <c>sbatch --test-only</c>.</param>
    /// <param name="refresh">Whether to ask even if it was asked a short while ago.</param>
    public async Task<AccessMap> MapAsync(Resources wanted, int calls = AccessSurvey.UsualCalls, bool refresh = false)
    {
        var now = with.Time.GetUtcNow();
        var isAny = wanted == Resources.Open;
        if (
            !refresh
            && Usable(memory.Read(wanted, isAny ? AccessMemory.GoodForAccess : AccessMemory.GoodForStarts, now), calls)
                is { } kept
        )
            return kept;
        var known = isAny || refresh ? null : memory.Read(Resources.Open, AccessMemory.GoodForAccess, now);
        var map = await new AccessSurvey(slurm, with.Time).AskAsync(Site, wanted, calls, known);
        Spent += map.Calls;
        // What could not be learnt may be learnt the next time.
        if (!map.Entries.Any(entry => entry.Verdict is AccessVerdict.Unknown))
            memory.Write(wanted, map);
        return map;
    }

    // Not where partitions have come or gone since, nor where there is more to spend now on what was left out.
    private AccessMap? Usable(AccessMap? map, int calls)
    {
        if (map is null || (map.LeftOut > 0 && calls > map.Calls))
            return null;
        var partitions = Site.Partitions.Select(one => one.Name).ToHashSet();
        return map.Entries.All(entry => partitions.Contains(entry.Question.Partition)) ? map : null;
    }
}
