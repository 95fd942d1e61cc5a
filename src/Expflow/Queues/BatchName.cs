using System.Globalization;
using System.Text;

namespace Expflow.Queues;

/// <summary>The name of a batch's file: all that it takes to choose among batches without opening them.</summary>
/// <remarks>
/// Form: <c>r0900,000012,c4,m512,g1_a100,v0,t3600,n250,k1a2b3c4d,0123456789abcdef.jsonl</c>: ready (<c>r</c>) or blocked (<c>b</c>), 1000 less the priority,
/// the place within its submission, cores, memory in MiB, GPUs and their type, memory of each GPU in MiB, walltime in seconds, runs, the stage's key,
/// and digits that no other batch has, so that no rename ever falls upon another file.
/// </remarks>
public sealed record BatchName
{
    /// <summary>The highest priority; 0 is the lowest.</summary>
    public const int MostPriority = 1000;

    /// <summary>The priority of what says nothing.</summary>
    public const int UsualPriority = 100;

    internal const string Ending = ".jsonl";

    /// <summary>0 to <see cref="MostPriority"/>; higher ones go first.</summary>
    public int Priority { get; init; } = UsualPriority;

    /// <summary>The place within its submission, and among batches of one priority: lower ones go first.</summary>
    public required int Sequence { get; init; }

    /// <summary>Whether its runs wait for others that had not ended when it was written.</summary>
    public bool IsBlocked { get; init; }

    /// <summary>What each of its runs takes.</summary>
    public BatchRequest Request { get; init; } = new();

    /// <summary>How many runs it had when it was written.</summary>
    public required int Runs { get; init; }

    /// <summary>Which experiment and stage: see <see cref="KeyOf"/>.</summary>
    public required uint Stage { get; init; }

    /// <summary>What no other batch has.</summary>
    public required ulong Id { get; init; }

    /// <summary>A short key of a stage, for measured times. Two stages with the same one share them, which is harmless.</summary>
    public static uint KeyOf(string experiment, string stage)
    {
        // FNV-1a.
        var key = 2166136261u;
        foreach (var one in Encoding.UTF8.GetBytes($"{experiment}/{stage}"))
            key = (key ^ one) * 16777619u;
        return key;
    }

    /// <summary>Reads a file's name; null for anything else, such as a draft.</summary>
    public static BatchName? TryParse(string text)
    {
        if (!text.EndsWith(Ending, StringComparison.Ordinal) || text is not ['r' or 'b', ..])
            return null;
        if (
            text[1..^Ending.Length].Split(',')
            is not [var rank, var sequence, var c, var m, var g, var v, var t, var n, var k, var id]
        )
            return null;
        return
            Whole(rank, "", out var less)
            && less is >= 0 and <= MostPriority
            && Whole(sequence, "", out var place)
            && Whole(c, "c", out var cores)
            && Whole(m, "m", out var memory)
            && Whole(g.Split('_')[0], "g", out var gpus)
            && Whole(v, "v", out var gpuMemory)
            && Whole(t, "t", out var seconds)
            && Whole(n, "n", out var runs)
            && k is ['k', ..]
            && uint.TryParse(k.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var stage)
            && ulong.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var digits)
            ? new()
            {
                Priority = MostPriority - (int)less,
                Sequence = (int)place,
                IsBlocked = text[0] == 'b',
                Request = new()
                {
                    Cores = (int)cores,
                    Memory = memory << 20,
                    Gpus = (int)gpus,
                    GpuType = g.IndexOf('_', StringComparison.Ordinal) is > 0 and var at ? g[(at + 1)..] : null,
                    GpuMemory = gpuMemory << 20,
                    Walltime = seconds > 0 ? TimeSpan.FromSeconds(seconds) : null,
                },
                Runs = (int)runs,
                Stage = stage,
                Id = digits,
            }
            : null;
    }

    /// <summary>The name as it stands on disk. Amounts are rounded up to the unit.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(IsBlocked ? 'b' : 'r')}{MostPriority - Priority:0000},{Sequence:000000},c{Request.Cores},m{Mebibytes(Request.Memory)},g{Request.Gpus}{(Request.GpuType is { } type ? $"_{type}" : "")},v{Mebibytes(Request.GpuMemory)},t{Math.Ceiling(Request.Walltime?.TotalSeconds ?? 0):0},n{Runs},k{Stage:x8},{Id:x16}{Ending}"
        );

    private static long Mebibytes(long bytes) => (bytes + (1 << 20) - 1) >> 20;

    private static bool Whole(string text, string begins, out long number)
    {
        number = 0;
        return text.StartsWith(begins, StringComparison.Ordinal)
            && long.TryParse(text.AsSpan(begins.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
