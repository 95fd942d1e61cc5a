using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Expflow.Slurm;

/// <summary>What a job id in Slurm's output or on its command line points at.</summary>
/// <remarks>
/// <c>123</c>, <c>123_4</c>, <c>123_[0-9%2]</c>, <c>123+0</c>; from <c>sacct</c> also with a step (<c>123_4.batch</c>,
/// <c>123.0</c>, <c>123.extern</c>), and with <c>;cluster</c> behind it.
/// </remarks>
public abstract record JobReference
{
    private JobReference(SlurmJobId id) => Id = id;

    /// <summary>The job; of an array the array's own id, of a heterogeneous job the leader's.</summary>
    public SlurmJobId Id { get; }

    /// <summary>The step within the job: a number, <c>batch</c>, <c>extern</c>; null for the job itself.</summary>
    public string? Step { get; init; }

    /// <summary>The cluster, where it was named.</summary>
    public string? Cluster { get; init; }

    /// <summary>A whole job; of an array all of its tasks.</summary>
    /// <param name="Id">The job.</param>
    public sealed record Whole(SlurmJobId Id) : JobReference(Id)
    {
        /// <inheritdoc/>
        public override string ToString() => $"{Id}{Tail}";
    }

    /// <summary>One task of an array.</summary>
    /// <param name="Id">The array.</param>
    /// <param name="Index">The task's index, at least 0.</param>
    public sealed record Task(SlurmJobId Id, int Index) : JobReference(Id)
    {
        /// <inheritdoc/>
        public override string ToString() => $"{Id}_{Index}{Tail}";
    }

    /// <summary>Several tasks of an array.</summary>
    /// <param name="Id">The array.</param>
    /// <param name="Set">The tasks' indices.</param>
    public sealed record Tasks(SlurmJobId Id, TaskSet Set) : JobReference(Id)
    {
        /// <inheritdoc/>
        public override string ToString() => $"{Id}_[{Set}]{Tail}";
    }

    /// <summary>One part of a heterogeneous job.</summary>
    /// <param name="Id">The first part's job.</param>
    /// <param name="Offset">The part, from 0.</param>
    public sealed record Component(SlurmJobId Id, int Offset) : JobReference(Id)
    {
        /// <inheritdoc/>
        public override string ToString() => $"{Id}+{Offset}{Tail}";
    }

    private string Tail => (Step is null ? "" : $".{Step}") + (Cluster is null ? "" : $";{Cluster}");

    /// <summary>Whether this speaks of that task: the task itself, a set with it, or the whole array.</summary>
    public bool Covers(int index) =>
        this switch
        {
            Task task => task.Index == index,
            Tasks tasks => tasks.Set.Contains(index),
            Whole => true,
            _ => false,
        };

    /// <summary>Reads any of the forms above; also <c>123_*</c>, as dependencies name a whole array. False for anything else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out JobReference? reference)
    {
        var (head, cluster) = SplitCluster(text?.Trim() ?? "");
        string? step = null;
        // A dot in an index list can only be the "..." of a list cut short, which is no reference.
        if (
            head.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
            && !head.Contains('[', StringComparison.Ordinal)
        )
            (head, step) = (head[..dot], head[(dot + 1)..]);
        else if (head.IndexOf("].", StringComparison.Ordinal) is > 0 and var close)
            (head, step) = (head[..(close + 1)], head[(close + 2)..]);
        reference = step is "" || cluster is "" ? null : Parse(head);
        if (reference is null)
            return false;
        reference = reference with { Step = step, Cluster = cluster };
        return true;
    }

    internal static (string Head, string? Cluster) SplitCluster(string text)
    {
        var semicolon = text.IndexOf(';', StringComparison.Ordinal);
        return semicolon < 0 ? (text, null) : (text[..semicolon], text[(semicolon + 1)..]);
    }

    private static JobReference? Parse(string text)
    {
        var mark = text.AsSpan().IndexOfAny('_', '+');
        if (!SlurmJobId.TryParse(mark < 0 ? text : text.AsSpan(0, mark), out var id))
            return null;
        if (mark < 0)
            return new Whole(id.Value);
        var rest = text[(mark + 1)..];
        if (text[mark] == '+')
            return TryIndex(rest, out var offset) ? new Component(id.Value, offset) : null;
        if (rest is "*")
            return new Whole(id.Value);
        if (TryIndex(rest, out var index))
            return new Task(id.Value, index);
        return rest is ['[', .. var list, ']'] && TaskSet.TryParse(list, out var set) ? new Tasks(id.Value, set) : null;
    }

    private static bool TryIndex(string text, out int index) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index);
}
