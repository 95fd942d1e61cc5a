using System.Collections.Immutable;
using Expflow.Runs;

namespace Expflow.Submission;

/// <summary>Cuts runs into as few arrays as Slurm allows, and says what each waits for.</summary>
/// <remarks>
/// Runs of a stage that map one to one onto tasks of other arrays take those tasks' indices and wait for them with <c>aftercorr</c>, so that one failure
/// stops only what needs it. Other shapes wait with <c>afterok</c> for the tasks that they need; of the two ways the one with fewer arrays is taken.
/// </remarks>
/// <param name="needs">How a run stands that is needed.</param>
/// <param name="mostIndices">Slurm's <c>MaxArraySize</c>: every index is below it, so that each array begins again at 0.</param>
/// <param name="newId">Ids for arrays.</param>
public sealed class ArrayCutter(Func<RunId, NeedState> needs, int mostIndices, Func<ArrayId> newId)
{
    private readonly List<ArrayDraft> drafts = [];
    private readonly List<WantedRun> blocked = [];
    private readonly Dictionary<RunId, (ArraySource Array, int Index)> placed = [];

    /// <summary>The arrays, upstream ones first.</summary>
    public IReadOnlyList<ArrayDraft> Drafts => drafts;

    /// <summary>Runs that can't be sent out: something that they need has failed, was cancelled, or isn't on its way.</summary>
    public IReadOnlyList<WantedRun> Blocked => blocked;

    /// <summary>Cuts.</summary>
    /// <param name="wanted">The runs, upstream stages first.</param>
    public void Cut(IEnumerable<WantedRun> wanted)
    {
        foreach (var alike in wanted.GroupBy(run => (run.Submission.Submission, run.Stage.Name, run.Ask)))
            CutAlike([.. alike]);
    }

    private void CutAlike(IReadOnlyList<WantedRun> runs)
    {
        var free = new List<WantedRun>();
        var waiting = new List<(WantedRun Run, ImmutableArray<(ArraySource Array, int Index)> Sources)>();
        foreach (var run in runs)
            if (SourcesOf(run) is not { } sources)
                blocked.Add(run);
            else if (sources.IsEmpty)
                free.Add(run);
            else
                waiting.Add((run, sources));
        foreach (var chunk in free.Chunk(mostIndices))
            Fill(New(chunk[0], new DraftWait.None()), chunk);
        foreach (var alike in waiting.GroupBy(one => CorrespondenceOf(one.Sources)))
            if (alike.Key is { } arrays)
                CutCorresponding(arrays, [.. alike]);
            else
                CutBySources([.. alike]);
    }

    /// <returns>The tasks to wait for; null when one of the needs will never be met.</returns>
    private ImmutableArray<(ArraySource, int)>? SourcesOf(WantedRun run)
    {
        var sources = ImmutableArray.CreateBuilder<(ArraySource, int)>();
        foreach (var need in run.Run.Needs)
            if (placed.TryGetValue(need, out var place))
                sources.Add(place);
            else
                switch (needs(need))
                {
                    case NeedState.Met:
                        break;
                    case NeedState.Underway(var job, var index):
                        sources.Add((new(null, job), index));
                        break;
                    default:
                        return null;
                }
        return sources.ToImmutable();
    }

    // One and the same index in different arrays: then tasks can correspond.
    private static SourceKey? CorrespondenceOf(ImmutableArray<(ArraySource Array, int Index)> sources) =>
        sources.All(source => source.Index == sources[0].Index)
        && sources.Select(source => source.Array).Distinct().Count() == sources.Length
            ? new([.. sources.Select(source => (source.Array, 0))])
            : null;

    private void CutCorresponding(
        SourceKey arrays,
        List<(WantedRun Run, ImmutableArray<(ArraySource Array, int Index)> Sources)> runs
    )
    {
        var byIndex = runs.GroupBy(run => run.Sources[0].Index).ToList();
        // Ten settings on each of three data sets: three arrays of ten that wait for one task, not ten of three.
        if (byIndex.Max(index => index.Count()) > byIndex.Count)
        {
            CutBySources(runs);
            return;
        }
        var wait = new DraftWait.Corresponding([.. arrays.Sources.Select(source => source.Array)]);
        var layers = new List<ArrayDraft>();
        foreach (var (run, sources) in runs)
            Place(layers, run, sources[0].Index, wait);
    }

    private void Place(List<ArrayDraft> layers, WantedRun run, int index, DraftWait wait)
    {
        var layer = layers.Find(layer => layer.TryAdd(index, run));
        if (layer is null)
        {
            layers.Add(layer = New(run, wait));
            layer.TryAdd(index, run);
        }
        placed[run.Run.Id] = (new(layer, null), index);
    }

    private void CutBySources(List<(WantedRun Run, ImmutableArray<(ArraySource Array, int Index)> Sources)> runs)
    {
        foreach (var alike in runs.GroupBy(run => new SourceKey(run.Sources)))
        foreach (var chunk in alike.Select(one => one.Run).Chunk(mostIndices))
            Fill(New(chunk[0], new DraftWait.Tasks(alike.Key.Sources)), chunk);
    }

    private void Fill(ArrayDraft draft, WantedRun[] runs)
    {
        for (var index = 0; index < runs.Length; index++)
        {
            draft.TryAdd(index, runs[index]);
            placed[runs[index].Run.Id] = (new(draft, null), index);
        }
    }

    private ArrayDraft New(WantedRun like, DraftWait wait)
    {
        var draft = new ArrayDraft(newId(), like, wait);
        drafts.Add(draft);
        return draft;
    }

    // The tasks as a value, so that runs can be grouped by them.
    private sealed record SourceKey(ImmutableArray<(ArraySource Array, int Index)> Sources)
    {
        public bool Equals(SourceKey? other) =>
            other is not null && Sources.AsSpan().SequenceEqual(other.Sources.AsSpan());

        public override int GetHashCode() => HashCode.Combine(Sources.Length, Sources[0], Sources[^1]);
    }
}
