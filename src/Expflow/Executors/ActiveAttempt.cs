using Expflow.Contract;
using Expflow.Processes;

namespace Expflow.Executors;

/// <summary>An attempt whose command runs now: what the worker that waits for it and the warden that watches it share.</summary>
public sealed class ActiveAttempt(RunOrder order, AttemptPlace place, string token, long startedAt)
{
    private readonly Lock gate = new();
    private readonly Attention told = new();
    private StopCause? cause;
    private bool isReminded;
    private int session;
    private long peakMemory;
    private double cpuSeconds;
    private double gpuBusy;
    private int gpuLooks;

    /// <summary>The run.</summary>
    public RunOrder Order => order;

    /// <summary>Its files.</summary>
    public AttemptPlace Place => place;

    /// <summary>What only this attempt's owner knows.</summary>
    public string Token => token;

    /// <summary>When it was started, as a time stamp of the agent's clock.</summary>
    public long StartedAt => startedAt;

    /// <summary>Judges its metrics as they come; null when the stage has no check.</summary>
    public LiveChecks? Checks { get; init; }

    /// <summary>Tells whether it hangs; null when its stage sets no limit.</summary>
    public ProgressWatch? Progress { get; init; }

    /// <summary>The GPUs that were given to it, as <c>CUDA_VISIBLE_DEVICES</c> names them; empty where its job has them all.</summary>
    public IReadOnlyList<string> Gpus { get; init; } = [];

    /// <summary>When it was first told to end; 0 while it hasn't been.</summary>
    public long StoppedAt { get; private set; }

    /// <summary>Why it was told to end; null when it wasn't.</summary>
    public StopCause? Cause
    {
        get
        {
            lock (gate)
                return cause;
        }
    }

    /// <summary>The most memory that its process tree was seen to hold, in bytes; 0 when it was never looked at.</summary>
    public long PeakMemory => Volatile.Read(ref peakMemory);

    /// <summary>The most CPU time that its live processes together were seen to have used.</summary>
    public double CpuSeconds => Volatile.Read(ref cpuSeconds);

    /// <summary>The most memory that its GPUs were seen to hold together, in bytes, what others that share them hold included; null when nobody looked.</summary>
    public long? GpuMemory { get; private set; }

    /// <summary>How busy its GPUs were, in percent, the mean over what was seen; null when nobody looked.</summary>
    public double? GpuUse => gpuLooks > 0 ? gpuBusy / gpuLooks : null;

    /// <summary>Notes how its GPUs fare now.</summary>
    public void NoteGpus(IReadOnlyList<GpuReading> readings)
    {
        if (readings.Any(reading => reading.Memory is not null))
            GpuMemory = Math.Max(GpuMemory ?? 0, readings.Sum(reading => reading.Memory ?? 0));
        foreach (var reading in readings)
            if (reading.Use is { } use)
                (gpuBusy, gpuLooks) = (gpuBusy + use, gpuLooks + 1);
    }

    /// <summary>Its process session; 0 before it has one.</summary>
    public int Session => Volatile.Read(ref session);

    /// <summary>The command runs, as the first process of this session. A stop that came before is passed on now.</summary>
    public void RunsAs(int pid)
    {
        lock (gate)
        {
            session = pid;
            if (cause is not null)
                new ForeignProcess(pid).SignalGroup(Native.SigTerm);
        }
    }

    /// <summary>Its command has ended: signals no longer go to a number that may soon be somebody else's.</summary>
    public void HasEnded()
    {
        lock (gate)
            session = 0;
    }

    /// <summary>Asks it to save and end. A second cause changes nothing, but that Slurm ends a job that it had only warned.</summary>
    public void Stop(StopCause why, long now)
    {
        lock (gate)
        {
            if (cause is not null && (cause, why) is not (StopCause.Warned, StopCause.Terminated))
                return;
            cause = why;
            StoppedAt = now;
            told.Call();
            if (session != 0)
                new ForeignProcess(session).SignalGroup(Native.SigTerm);
        }
    }

    /// <summary>Asks it a second time, should the first have been lost. Once.</summary>
    public void Remind()
    {
        lock (gate)
        {
            if (isReminded)
                return;
            isReminded = true;
            if (session != 0)
                new ForeignProcess(session).SignalGroup(Native.SigTerm);
        }
    }

    /// <summary>Waits until it is told to end, at most so long.</summary>
    public void AwaitStop(TimeSpan longest) => told.Await(longest);

    /// <summary>Ends it, with every process that descends from it.</summary>
    public void Kill()
    {
        lock (gate)
        {
            if (session == 0)
                return;
            ProcessTree.Kill(session, EnvironmentNames.AttemptToken, token);
        }
    }

    /// <summary>Notes what its processes use now.</summary>
    public void Note(long memory, double cpu)
    {
        Volatile.Write(ref peakMemory, Math.Max(peakMemory, memory));
        Volatile.Write(ref cpuSeconds, Math.Max(cpuSeconds, cpu));
    }
}
