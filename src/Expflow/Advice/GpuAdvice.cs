using System.Globalization;
using System.Text.RegularExpressions;
using Expflow.Experiments;

namespace Expflow.Advice;

/// <summary>How the runs of a stage use their GPUs. Their number stays: it is part of the science.</summary>
public sealed partial record GpuAdvice
{
    // What the same program takes in another moment, and what the driver keeps for each process.
    private const double MemoryHeadroom = 1.1;
    private const int MostWorkers = 16;

    /// <summary>GPUs of one node that a run asks for, at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>Memory that a run took of one GPU, in bytes; null when nobody looked.</summary>
    public Measured? Memory { get; init; }

    /// <summary>How busy a GPU was, in percent, a value a run; null when nobody looked.</summary>
    public Measured? Use { get; init; }

    /// <summary>The memory of the smallest GPU that any run had, in bytes; null when nobody noted it.</summary>
    public double? CardMemory { get; init; }

    /// <summary>How many attempts ran out of GPU memory.</summary>
    public int OutOfMemory { get; init; }

    /// <summary>How many such runs one GPU should carry at once; null when nobody knows.</summary>
    public int? Workers { get; init; }

    /// <summary>What <see cref="Workers"/> stands on, or why nothing can be said.</summary>
    public required string Words { get; init; }

    /// <summary>The types that runs were done on, the fastest first.</summary>
    public IReadOnlyList<GpuTypeUse> Types { get; init; } = [];

    internal static GpuAdvice For(Stage stage, IReadOnlyList<AttemptUse> attempts)
    {
        var count = stage.Resources.Gpus!.Value.Count;
        var done = attempts.Where(use => use.IsDone && use.Asked.Gpus is { Count: > 0 }).ToList();
        var card = done.Select(CardOf).Min();
        var memory = Measured.Of(done.Select(PerGpu).OfType<double>());
        var use = Measured.Of(done.Select(one => one.GpuUse).OfType<double>());
        var (workers, words) = Carry(count, memory, use, card);
        return new()
        {
            Count = count,
            Memory = memory,
            Use = use,
            CardMemory = card,
            OutOfMemory = attempts.Count(one => one.Cause == "gpu_out_of_memory"),
            Workers = workers,
            Words = words,
            Types = GpuTypes.Compare(done),
        };
    }

    private static (int?, string) Carry(int count, Measured? memory, Measured? use, double? card)
    {
        if (count > 1)
            return (null, "runs with several GPUs are not put beside each other");
        if (memory is null && use is null)
            return (null, "unknown: nobody looked at the GPUs");
        if (memory is null)
            return (null, "unknown: nobody measured their memory");
        if (card is null)
            return (null, "unknown: nobody noted how much memory the GPU has");
        var byMemory = (int)Math.Min(MostWorkers, Math.Floor(card.Value / (memory.Most * MemoryHeadroom)));
        var room = $"{ResourceText.Bytes(memory.Most)} of {ResourceText.Bytes(card.Value)}";
        if (use is null)
            return (null, $"unknown: {room} of memory, but nobody measured how busy it was");
        var byUse = (int)Math.Min(MostWorkers, Math.Floor(100 / Math.Max(1, use.Mean)));
        var busy = use.Mean.ToString("0", CultureInfo.InvariantCulture);
        var workers = Math.Max(1, Math.Min(byMemory, byUse));
        return (workers, $"from {AdviceWords.Runs(use.Count)}: {room}, {busy} % busy");
    }

    private static double? PerGpu(AttemptUse use) => use.GpuMemory / (double?)GpusOf(use);

    private static int GpusOf(AttemptUse use) =>
        use.Machine.Gpus.Count > 0 ? use.Machine.Gpus.Count : use.Asked.Gpus?.Count ?? 1;

    private static double? CardOf(AttemptUse use) =>
        use.Machine.GpuMemory is { } all
            ? all / (double)GpusOf(use)
            : use.Machine.Gpus.Select(SizeIn).DefaultIfEmpty(null).Min();

    // "NVIDIA A100-SXM4-40GB": many names say it.
    private static double? SizeIn(string name) =>
        Size().Match(name) is { Success: true } match
            ? double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * 1e9
            : null;

    [GeneratedRegex(@"(\d+) ?GB\b")]
    private static partial Regex Size();
}
