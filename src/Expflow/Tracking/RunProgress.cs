using Expflow.Journal;
using Expflow.Runs;

namespace Expflow.Tracking;

/// <summary>Counts how far the runs of a submission have come, event by event: its cost goes with what happens, not with how many runs there are.</summary>
public sealed class RunProgress
{
    private readonly RunLedger ledger = new();
    private readonly Dictionary<RunId, Place> places = [];
    private readonly List<string> stages = [];
    private readonly List<StageProgress> counts = [];

    private sealed class Place(int stage, IReadOnlyList<RunId> needs)
    {
        public int Stage => stage;
        public IReadOnlyList<RunId> Needs => needs;
        public string State { get; set; } = "pending";
    }

    /// <summary>Starts with all runs pending.</summary>
    /// <param name="runs">The runs: id, stage and needs, upstream stages first.</param>
    public RunProgress(IEnumerable<(RunId Run, string Stage, IReadOnlyList<RunId> Needs)> runs)
    {
        foreach (var (run, stage, needs) in runs)
        {
            var number = stages.IndexOf(stage);
            if (number < 0)
            {
                number = stages.Count;
                stages.Add(stage);
                counts.Add(new(stage));
            }
            places[run] = new(number, needs);
            counts[number].Move(null, "pending");
        }
    }

    /// <summary>One row a stage.</summary>
    public IReadOnlyList<StageProgress> Stages => counts;

    /// <summary>What is known of each run.</summary>
    public RunLedger Ledger => ledger;

    /// <summary>How many runs there are.</summary>
    public int Runs => places.Count;

    /// <summary>How many are done.</summary>
    public int Done => counts.Sum(stage => stage.Done);

    /// <summary>How many have failed or were cancelled.</summary>
    public int Failed => counts.Sum(stage => stage.Failed);

    /// <summary>How many run now.</summary>
    public int Running => counts.Sum(stage => stage.Running);

    /// <summary>Takes news in.</summary>
    /// <returns>True when any run of these moved.</returns>
    public bool Add(IReadOnlyList<JournalEvent> events)
    {
        ledger.Add(events);
        var moved = false;
        foreach (var happened in events)
        {
            if (RunLedger.RunOf(happened) is not { } run || !places.TryGetValue(run, out var place))
                continue;
            var state = ledger[run].State.Word;
            if (state == place.State)
                continue;
            counts[place.Stage].Move(place.State, state);
            place.State = state;
            moved = true;
        }
        return moved;
    }

    /// <summary>True when nothing runs and nothing can start any more: what is pending needs something that failed or was cancelled.</summary>
    public bool IsSettled()
    {
        if (Running > 0)
            return false;
        if (Done + Failed == Runs)
            return true;
        return places.All(pair => pair.Value.State != "pending" || IsBlocked(pair.Key));
    }

    private bool IsBlocked(RunId run) =>
        places.TryGetValue(run, out var place)
        && place.Needs.Any(need =>
            places.TryGetValue(need, out var upstream)
            && (upstream.State is "failed" or "cancelled" || (upstream.State == "pending" && IsBlocked(need)))
        );
}
