using System.Diagnostics.CodeAnalysis;

namespace Expflow.Slurm;

/// <summary>Memory as a job asked for it. Before 21.08 <c>sacct</c> tells what it is per: <c>4Gn</c> a node, <c>4Gc</c> a CPU; since then it is the job's.</summary>
/// <param name="Size">How much.</param>
/// <param name="Per">Of what.</param>
public readonly record struct RequestedMemory(MemorySize Size, MemoryScope Per)
{
    /// <summary>Reads <c>96G</c>, <c>96Gn</c>, <c>4000Mc</c>, <c>0n</c>; false for anything else, and for none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RequestedMemory? memory)
    {
        memory = null;
        text = text?.Trim() ?? "";
        var per =
            text is [.., 'n'] ? MemoryScope.Node
            : text is [.., 'c'] ? MemoryScope.Cpu
            : MemoryScope.Job;
        if (!MemorySize.TryParse(per == MemoryScope.Job ? text : text[..^1], out var size))
            return false;
        memory = new(size.Value, per);
        return true;
    }
}

/// <summary>What an amount of memory is counted by.</summary>
public enum MemoryScope
{
    /// <summary>The whole job.</summary>
    Job,

    /// <summary>Each of its nodes.</summary>
    Node,

    /// <summary>Each of its CPUs.</summary>
    Cpu,
}
