using Expflow.Journal;
using Expflow.Processes;

namespace Expflow.Executors;

/// <summary>Asks <c>nvidia-smi</c> now and then how the job's GPUs fare. It never waits for the answer, which can take seconds.</summary>
/// <param name="program">The path of <c>nvidia-smi</c>.</param>
/// <param name="visible">The GPUs, as <c>CUDA_VISIBLE_DEVICES</c> has them.</param>
/// <param name="environment">The variables that the program gets.</param>
/// <param name="time">The clock.</param>
/// <param name="pause">From one question to the next.</param>
internal sealed class GpuWatch(
    string program,
    string visible,
    EnvironmentBlock environment,
    TimeProvider time,
    TimeSpan pause
) : IDisposable
{
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private Inquiry? inquiry;
    private long? askedAt;
    private long startedAt;
    private long? peak;
    private double busy;
    private int looks;
    private bool hasAskedTotal;
    private bool isTotal;

    /// <summary>What the GPUs are; empty until the first answer.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>The memory that the GPUs have together, in bytes; null until it was told. Asked once, when they are known.</summary>
    public long? Total { get; private set; }

    /// <summary>A watch over the GPUs of a task; null when it has none, or the machine has no <c>nvidia-smi</c>.</summary>
    public static GpuWatch? For(
        SlurmTask task,
        ProgramSearch programs,
        EnvironmentBlock environment,
        TimeProvider time
    ) =>
        task.Gpus is { } visible && programs.Find("nvidia-smi", "/") is { } program
            ? new(program, visible, environment, time, BetweenQuestions)
            : null;

    /// <summary>Takes an answer that has come, and asks anew when it is time.</summary>
    /// <param name="attempts">Attempts that have GPUs of their own among these.</param>
    public void Look(IReadOnlyList<ActiveAttempt>? attempts = null)
    {
        if (inquiry is not null)
        {
            if (inquiry.IsOver(TimeSpan.Zero))
                Take(inquiry.Answer().Text, attempts ?? []);
            else if (time.GetElapsedTime(startedAt) < Longest)
                return;
            Dispose();
        }
        isTotal = Names.Count > 0 && !hasAskedTotal;
        if (isTotal)
        {
            hasAskedTotal = true;
            startedAt = time.GetTimestamp();
            inquiry = Inquiry.Start(program, GpuReading.TotalArguments, environment);
            return;
        }
        if (askedAt is { } last && time.GetElapsedTime(last) < pause)
            return;
        askedAt = startedAt = time.GetTimestamp();
        inquiry = Inquiry.Start(program, GpuReading.Arguments, environment);
    }

    /// <summary>The end with what was seen.</summary>
    public JournalEvent.AttemptEnded AddTo(JournalEvent.AttemptEnded ended) =>
        ended with
        {
            GpuMemory = peak,
            GpuUse = looks > 0 ? busy / looks : null,
        };

    /// <summary>Asks no more.</summary>
    public void Dispose()
    {
        inquiry?.Dispose();
        inquiry = null;
    }

    private void Take(string answer, IReadOnlyList<ActiveAttempt> attempts)
    {
        var readings = GpuReading.Parse(answer, visible);
        if (readings.Count == 0)
            return;
        foreach (var attempt in attempts)
            attempt.NoteGpus([
                .. readings.Where(gpu => attempt.Gpus.Contains(gpu.Index) || attempt.Gpus.Contains(gpu.Uuid)),
            ]);
        if (isTotal)
        {
            Total = readings.Any(reading => reading.Memory is null) ? null : readings.Sum(reading => reading.Memory);
            return;
        }
        Names = [.. readings.Select(reading => reading.Name)];
        if (readings.Any(reading => reading.Memory is not null))
            peak = Math.Max(peak ?? 0, readings.Sum(reading => reading.Memory ?? 0));
        foreach (var reading in readings)
            if (reading.Use is { } use)
                (busy, looks) = (busy + use, looks + 1);
    }
}
