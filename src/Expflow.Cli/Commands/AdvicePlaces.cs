using Expflow.Access;
using Expflow.Advice;
using Expflow.Experiments;
using Expflow.Problems;

namespace Expflow.Cli.Commands;

/// <summary>Where the advised requests would be taken, and when they would start there.</summary>
/// <param name="Site">The cluster.</param>
/// <param name="Looks">Who takes them, the best first; stages that ask for the same are one look.</param>
/// <param name="Starts">What the advice does to the start in the partition that the file names now.</param>
internal sealed record AdvicePlaces(
    AccessSite Site,
    IReadOnlyList<AccessLook> Looks,
    IReadOnlyList<AdvisedStart> Starts
)
{
    /// <summary>Asks Slurm about the stages that have runs left; of an experiment that is done, about all.</summary>
    public static async Task<Checked<AdvicePlaces>> AskAsync(Composition with, IReadOnlyList<StageAdvice> stages)
    {
        var opened = await AccessReading.OpenAsync(with);
        if (!opened.TryGet(out var reading))
            return Checked<AdvicePlaces>.Failed(opened.Problems);
        var concerned = stages.Any(stage => stage.Remaining > 0) ? stages.Where(stage => stage.Remaining > 0) : stages;
        var looks = new List<AccessLook>();
        var starts = new List<AdvisedStart>();
        foreach (var alike in concerned.GroupBy(stage => stage.Advised with { Account = null, Partition = null }))
        {
            var job = new AskedJob([.. alike.Select(stage => stage.Stage.Name)], alike.Key);
            var map = await reading.MapAsync(alike.Key, Left(reading));
            looks.Add(new(job, map, ByFit(reading.Site, alike.Key, PartitionRanking.Of(map, reading.Site, alike.Key))));
            foreach (var stage in alike.Where(stage => stage.Advised != stage.Stage.Resources))
                if (await StartOfAsync(reading, stage, map) is { } start)
                    starts.Add(start);
        }
        return new AdvicePlaces(reading.Site, looks, starts);
    }

    // Of those that start it as soon, GPU nodes are for those who need a GPU.
    private static IReadOnlyList<PartitionChoice> ByFit(
        AccessSite site,
        Resources wanted,
        IReadOnlyList<PartitionChoice> choices
    ) =>
        [
            .. choices
                .OrderByDescending(choice => choice.IsSoonest)
                .ThenBy(choice =>
                    choice.IsSoonest
                    && wanted.Gpus is not { Count: > 0 }
                    && site.GpusOf(choice.Entry.Question.Partition) is { Count: > 0 }
                ),
        ];

    private static int Left(AccessReading reading) => Math.Max(0, AccessSurvey.UsualCalls - reading.Spent);

    private static async Task<AdvisedStart?> StartOfAsync(AccessReading reading, StageAdvice stage, AccessMap advised)
    {
        var asked = stage.Stage.Resources;
        var partition = asked.Partition ?? reading.Site.Partitions.FirstOrDefault(one => one.IsDefault)?.Name;
        if (partition is null)
            return null;
        var map = await reading.MapAsync(asked with { Partition = partition }, Left(reading));
        return
            map.Entries.Where(entry => entry.IsAllowed).Select(entry => entry.Start).Min() is { } before
            && advised
                .Entries.Where(entry => entry.IsAllowed && partition.Split(',').Contains(entry.Question.Partition))
                .Select(entry => entry.Start)
                .Min()
                is { } after
            ? new(stage.Stage.Name, partition, before, after, map.At)
            : null;
    }
}

/// <summary>When a run of a stage would start.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Partition">The partition that its file names, or the cluster's default.</param>
/// <param name="AsAsked">As the file asks now.</param>
/// <param name="AsAdvised">As advised.</param>
/// <param name="Now">When Slurm was asked.</param>
internal sealed record AdvisedStart(
    string Stage,
    string Partition,
    DateTimeOffset AsAsked,
    DateTimeOffset AsAdvised,
    DateTimeOffset Now
);
