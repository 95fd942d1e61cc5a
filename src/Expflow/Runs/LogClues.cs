using System.Text;
using System.Text.RegularExpressions;

namespace Expflow.Runs;

/// <summary>Finds the line at the end of a log that tells why a command failed.</summary>
/// <remarks>
/// What Slurm says stands above what the program says, and a cause above a mere message. A line that a program only warned with, such as an
/// allocation that it tried again with less, gives way to the error that it ended with.
/// </remarks>
public static partial class LogClues
{
    /// <summary>How much of a log's end is looked at, in bytes: a traceback of many processes fits, and reading it takes no time.</summary>
    public const int TailLength = 64 << 10;

    private static readonly (Regex Sign, string Cause, int Rank)[] Signs =
    [
        (DueToTime(), "timed_out", 9),
        (DueToPreemption(), "preempted", 9),
        (DueToNode(), "node_failed", 9),
        (CgroupKill(), "out_of_memory", 9),
        (GpuMemory(), "gpu_out_of_memory", 8),
        (HostMemory(), "out_of_memory", 7),
        (Disk(), "disk_full", 6),
        (Gpu(), "gpu_failed", 5),
        (NaN(), "not_finite", 4),
        (Missing(), "missing_code", 3),
    ];

    private const int SlurmsOwn = 9;

    /// <summary>The clue in the last <see cref="TailLength"/> bytes of a file; null when it has none or can't be read.</summary>
    /// <param name="path">The log.</param>
    /// <param name="start">Where the attempt's own part of it begins, in bytes.</param>
    public static LogClue? FindIn(string path, long start = 0)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            file.Position = Math.Max(start, file.Length - TailLength);
            var tail = new byte[Math.Max(0, file.Length - file.Position)];
            var length = file.ReadAtLeast(tail, tail.Length, throwOnEndOfStream: false);
            return Find(Encoding.UTF8.GetString(tail, 0, length));
        }
        // A log that isn't there explains nothing, which is no failure of its own.
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The clue in a text; null when it has none.</summary>
    public static LogClue? Find(string log)
    {
        var lines = Array.ConvertAll(log.Split('\n'), Plain);
        var error = LastError(lines);
        var best = (Rank: 0, Cause: "", Line: "");
        for (var at = lines.Length - 1; at >= 0; at--)
        {
            if (SignIn(lines[at]) is not var (cause, rank) || rank <= best.Rank)
                continue;
            // Only a warning, if the program came to another error after it.
            if (rank < SlurmsOwn && at < error && !Exception().IsMatch(lines[at]))
                continue;
            best = (rank, cause, lines[at]);
        }
        return best.Rank > 0 ? new(best.Cause, Short(best.Line))
            : error >= 0 ? new(null, Short(lines[error]))
            : null;
    }

    // What a launcher says of its child tells less than what the child said.
    private static int LastError(string[] lines)
    {
        var wrapper = -1;
        for (var at = lines.Length - 1; at >= 0; at--)
        {
            if (!Exception().IsMatch(lines[at]))
                continue;
            if (!Wrapper().IsMatch(lines[at]))
                return at;
            wrapper = Math.Max(wrapper, at);
        }
        return wrapper;
    }

    private static (string Cause, int Rank)? SignIn(string line)
    {
        foreach (var (sign, cause, rank) in Signs)
            if (sign.IsMatch(line))
                return (cause, rank);
        return null;
    }

    // Colours and the like, and the prefix that 'srun --label' and torchrun put before each line of a process.
    private static string Plain(string line) => Prefix().Replace(Escape().Replace(line, ""), "").TrimEnd();

    private static string Short(string line)
    {
        var text = new string([.. line.Trim().Select(c => char.IsControl(c) ? ' ' : c)]).TrimEnd('.');
        return text.Length <= LogClue.Longest ? text : text[..(LogClue.Longest - 1)] + "…";
    }

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Escape();

    [GeneratedRegex(@"^(?:\[?(?:rank)?\d{1,5}\]?: )+")]
    private static partial Regex Prefix();

    // The last line of a Python traceback, C++'s, Rust's, .NET's and Julia's last words, and 'Error: …' of any program.
    [GeneratedRegex(
        @"^(?:[A-Za-z_][\w.]*(?:Error|Exception|Interrupt|Warning|Exit)\b(?::|$)|(?:ERROR|Error|error|FATAL|Fatal|fatal)(?: error)?: ?\S|[\w./-]+: error: |terminate called after throwing|thread '.*' panicked at|Unhandled exception\. |\s*what\(\): )"
    )]
    private static partial Regex Exception();

    [GeneratedRegex(
        @"ChildFailedError|CalledProcessError|ProcessExitedException|ProcessRaisedException|RemoteError|^(?:srun|slurmstepd)\S*: error: |Warning\b"
    )]
    private static partial Regex Wrapper();

    [GeneratedRegex(@"CANCELLED AT \S+ DUE TO TIME LIMIT")]
    private static partial Regex DueToTime();

    [GeneratedRegex(@"CANCELLED AT \S+ DUE TO PREEMPTION")]
    private static partial Regex DueToPreemption();

    [GeneratedRegex(@"CANCELLED AT \S+ DUE TO NODE FAILURE")]
    private static partial Regex DueToNode();

    [GeneratedRegex(
        @"Detected \d+ oom[-_]kill event|[Ee]xceeded (?:job|step) memory limit|[Ee]xceeded memory limit \(|task \S+: Out Of Memory"
    )]
    private static partial Regex CgroupKill();

    [GeneratedRegex(
        @"(?:CUDA|HIP|XPU) out of memory|torch\.(?:cuda\.)?OutOfMemoryError|CUDA(?: runtime)? error.{0,20}: out of memory|CUDA_ERROR_OUT_OF_MEMORY|cudaErrorMemoryAllocation|CUBLAS_STATUS_ALLOC_FAILED|CUDNN_STATUS_ALLOC_FAILED|cupy\S*OutOfMemoryError|(?:RESOURCE_EXHAUSTED|[Rr]esource ?[Ee]xhausted)(?!.*\b(?:CPU:|allocator cpu|MemoryError))(?=.*(?:alloc|[Oo]ut of memory|OOM))"
    )]
    private static partial Regex GpuMemory();

    [GeneratedRegex(
        @"(?<![A-Za-z.])MemoryError\b|\b_?ArrayMemoryError\b|std::bad_alloc|Cannot allocate memory|\[Errno 12\]|cannot allocate vector of size|(?<![.\w])OutOfMemoryError\(\)|Out of memory: Killed process|oom-kill:|oom_reaper|is killed by signal: Killed|OOM when allocating tensor.*\bCPU:|memory allocation of \d+ bytes failed|System\.OutOfMemoryException"
    )]
    private static partial Regex HostMemory();

    [GeneratedRegex(@"[Dd]isk quota exceeded|No space left on device|\[Errno (?:28|122)\]")]
    private static partial Regex Disk();

    [GeneratedRegex(
        @"no CUDA-capable device|No CUDA GPUs are available|uncorrectable ECC error|CUDA_ERROR_ECC|CUDA-capable device\(s\) is/are busy|CUDA(?: driver)? initialization|CUDA_ERROR_(?:NO_DEVICE|UNKNOWN|NOT_INITIALIZED|SYSTEM_NOT_READY|DEVICE_UNAVAILABLE)|Failed to initialize NVML|GPU has fallen off the bus|unspecified launch failure|ncclSystemError|ncclRemoteError|ncclInternalError|NCCL Error 2\b|CUDNN_STATUS_NOT_INITIALIZED"
    )]
    private static partial Regex Gpu();

    [GeneratedRegex(
        @"^(?:FloatingPointError\b|\S*(?:Error|Exception):.*\b(?:[Nn]a[Nn]|NAN|non-?finite|not finite)\b)|\b[Ll]oss is (?:nan|inf|NaN)\b|NaN loss|Found NaN"
    )]
    private static partial Regex NaN();

    [GeneratedRegex(
        @"^(?:ModuleNotFoundError|ImportError)\b|: command not found|^\S*sh: (?:\d+: |line \d+: )?\S+: not found$|error while loading shared libraries|version `\S+' not found"
    )]
    private static partial Regex Missing();
}
