namespace Expflow.Tracking;

/// <summary>How far the runs of one stage have come.</summary>
/// <param name="stage">The stage's name.</param>
public sealed class StageProgress(string stage)
{
    /// <summary>The stage's name.</summary>
    public string Stage => stage;

    /// <summary>Runs that wait.</summary>
    public int Pending { get; private set; }

    /// <summary>Runs that run.</summary>
    public int Running { get; private set; }

    /// <summary>Runs that are done.</summary>
    public int Done { get; private set; }

    /// <summary>Runs that failed or were cancelled.</summary>
    public int Failed { get; private set; }

    /// <summary>All of them.</summary>
    public int Runs => Pending + Running + Done + Failed;

    internal void Move(string? from, string to)
    {
        if (from is not null)
            Count(from, -1);
        Count(to, 1);
    }

    private void Count(string state, int by)
    {
        switch (state)
        {
            case "pending":
                Pending += by;
                break;
            case "running":
                Running += by;
                break;
            case "done":
                Done += by;
                break;
            default:
                Failed += by;
                break;
        }
    }
}
