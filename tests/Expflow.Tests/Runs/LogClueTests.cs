using System.Text;
using Expflow.Runs;
using Expflow.Slurm;
using Xunit;

namespace Expflow.Tests.Runs;

/// <summary>Ends of logs as users have posted them, shortened, and the cause that speaks there.</summary>
public sealed class LogClueTests
{
    private const string Traceback = "Traceback (most recent call last):\n  File \"train.py\", line 114, in <module>\n";

    [Theory]
    [InlineData(
        "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.70 GiB. GPU 0 has a total capacty of 6.00 GiB of which 0 bytes is free."
    )]
    [InlineData(
        "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a total capacity of 79.15 GiB"
    )]
    [InlineData(
        "RuntimeError: CUDA out of memory. Tried to allocate 92.00 MiB (GPU 0; 1.96 GiB total capacity; 1.46 GiB already allocated)"
    )]
    [InlineData("RuntimeError: CUDA error: out of memory")]
    [InlineData("[rank3]: torch.OutOfMemoryError: HIP out of memory. Tried to allocate 2.00 GiB.")]
    [InlineData("RuntimeError: CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`")]
    [InlineData(
        "jaxlib.xla_extension.XlaRuntimeError: RESOURCE_EXHAUSTED: Out of memory while trying to allocate 4770354232 bytes."
    )]
    [InlineData("RuntimeError: Resource exhausted: Out of memory while trying to allocate 12582912 bytes.")]
    [InlineData(
        "tensorflow.python.framework.errors_impl.ResourceExhaustedError: OOM when allocating tensor with shape[8,64,256,256] and type float on /job:localhost/replica:0/task:0/device:GPU:0 by allocator GPU_0_bfc"
    )]
    [InlineData(
        "2021-10-15 15:01:44.577626: E cuda_driver.cc:764] failed to alloc 2740606464 bytes unified memory; result: CUDA_ERROR_OUT_OF_MEMORY: out of memory"
    )]
    [InlineData("cupy.cuda.memory.OutOfMemoryError: Out of memory allocating 1,073,741,824 bytes")]
    public void Memory_of_a_gpu(string line) => Says("gpu_out_of_memory", line);

    [Theory]
    [InlineData(
        "slurmstepd: error: Detected 1 oom-kill event(s) in StepId=191.batch cgroup. Some of your processes may have been killed by the cgroup out-of-memory handler."
    )]
    [InlineData("slurmstepd: error: Detected 2 oom-kill event(s) in step 3756240.batch cgroup.")]
    [InlineData(
        "slurmstepd: error: Detected 1 oom_kill event in StepId=440575.0. Some of the step tasks have been OOM Killed."
    )]
    [InlineData("srun: error: Orion-01-01: task 4: Out Of Memory")]
    [InlineData("slurmstepd: error: Exceeded job memory limit at some point.")]
    [InlineData("slurmstepd: error: Job 3061 exceeded memory limit (4231168 > 4194304), being killed")]
    [InlineData("MemoryError")]
    [InlineData(
        "MemoryError: Unable to allocate 745. GiB for an array with shape (100000, 1000000) and data type float64"
    )]
    [InlineData(
        "numpy.core._exceptions._ArrayMemoryError: Unable to allocate 184. MiB for an array with shape (64, 26, 26, 3, 371)"
    )]
    [InlineData("terminate called after throwing an instance of 'std::bad_alloc'\n  what():  std::bad_alloc")]
    [InlineData("OSError: [Errno 12] Cannot allocate memory")]
    [InlineData("RuntimeError: DataLoader worker (pid 41233) is killed by signal: Killed.")]
    [InlineData("Error: cannot allocate vector of size 1.2 Gb")]
    [InlineData("ERROR: LoadError: OutOfMemoryError()")]
    [InlineData("Out of memory: Killed process 24031 (python) total-vm:9043204kB, anon-rss:7817304kB")]
    [InlineData(
        "W op_kernel.cc:1763] OP_REQUIRES failed at cast_op.cc:109 : Resource exhausted: OOM when allocating tensor with shape[1,559,512,3] and type float on /job:localhost/replica:0/task:0/device:CPU:0 by allocator cpu"
    )]
    public void Memory_of_the_host(string line) => Says("out_of_memory", line);

    [Theory]
    [InlineData(
        "timed_out",
        "slurmstepd: error: *** JOB 3884617 ON node023 CANCELLED AT 2018-08-19T16:30:21 DUE TO TIME LIMIT ***"
    )]
    [InlineData(
        "timed_out",
        "slurmstepd-phoenix-07: error: *** STEP 494583.0 ON phoenix-07 CANCELLED AT 2024-04-20T09:09:37 DUE TO TIME LIMIT ***"
    )]
    [InlineData(
        "preempted",
        "slurmstepd: error: *** JOB 32391783 ON cn119 CANCELLED AT 2021-06-18T13:05:36 DUE TO PREEMPTION ***"
    )]
    [InlineData(
        "node_failed",
        "slurmstepd: error: *** JOB 78 ON n2 CANCELLED AT 2023-01-05T02:00:11 DUE TO NODE FAILURE, SEE SLURMCTLD LOG FOR DETAILS ***"
    )]
    public void What_slurm_says_itself(string cause, string line) => Says(cause, "epoch 3 loss 0.2\n" + line);

    [Theory]
    [InlineData("gpu_failed", "RuntimeError: CUDA error: uncorrectable ECC error encountered")]
    [InlineData(
        "gpu_failed",
        "RuntimeError: cuda runtime error (100) : no CUDA-capable device is detected at /pytorch/aten/src/THC/THCGeneral.cpp:50"
    )]
    [InlineData("gpu_failed", "RuntimeError: No CUDA GPUs are available")]
    [InlineData(
        "gpu_failed",
        "torch.distributed.DistBackendError: NCCL error in: ProcessGroupNCCL.cpp:1691, unhandled system error (run with NCCL_DEBUG=INFO for details), ncclSystemError"
    )]
    [InlineData(
        "gpu_failed",
        "RuntimeError: Unexpected error from cudaGetDeviceCount(). Error 802: CUDA driver initialization failed"
    )]
    [InlineData("disk_full", "OSError: [Errno 28] No space left on device")]
    [InlineData("disk_full", "OSError: [Errno 122] Disk quota exceeded: 'checkpoints/last.pt'")]
    [InlineData("missing_code", "ModuleNotFoundError: No module named 'torch_geometric'")]
    [InlineData(
        "missing_code",
        "ImportError: /lib64/libstdc++.so.6: version `GLIBCXX_3.4.29' not found (required by scipy)"
    )]
    [InlineData("missing_code", "slurm_script: line 8: conda: command not found")]
    [InlineData("missing_code", "sh: 1: pyhton: not found")]
    [InlineData(
        "missing_code",
        "./solver: error while loading shared libraries: libmkl_rt.so.2: cannot open shared object file: No such file or directory"
    )]
    [InlineData("not_finite", "Loss is nan, stopping training")]
    [InlineData("not_finite", "FloatingPointError: Minimum loss scale reached (0.0001)")]
    [InlineData("not_finite", "ValueError: Input contains NaN, infinity or a value too large for dtype('float32').")]
    public void Other_causes(string cause, string line) => Says(cause, line);

    [Theory]
    [InlineData("KeyError: 'hcrl_sa'")]
    [InlineData("json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)")]
    [InlineData("AssertionError")]
    [InlineData("train.py: error: unrecognized arguments: --lr")]
    [InlineData("thread 'main' panicked at src/main.rs:4:5:")]
    [InlineData("Unhandled exception. System.IO.FileNotFoundException: Could not find file 'a.json'")]
    public void A_message_that_names_no_cause_is_shown_as_it_is(string line)
    {
        var clue = LogClues.Find(
            "step 1\n" + Traceback + line + "\nsrun: error: n1: task 0: Exited with exit code 1\n"
        );

        Assert.Equal(new LogClue(null, line), clue);
    }

    [Theory]
    [InlineData("")]
    [InlineData("epoch 1 loss 0.4\nepoch 2 loss nan\n")]
    [InlineData("error rate 0.25\nnot found: 3 of 7\n")]
    [InlineData("RESOURCE_EXHAUSTED: grpc: received message larger than max (5000000 vs. 4194304)")]
    [InlineData("memory: 3.1 GB, out of 16 GB")]
    public void Ordinary_output_tells_nothing(string log) => Assert.Null(LogClues.Find(log));

    [Fact]
    public void A_warning_gives_way_to_the_error_that_came_after_it()
    {
        var clue = LogClues.Find(
            "CUDA out of memory, trying again with batch size 16\nepoch 1\n" + Traceback + "KeyError: 'f1'"
        );

        Assert.Equal(new LogClue(null, "KeyError: 'f1'"), clue);
    }

    [Fact]
    public void What_a_launcher_says_of_its_child_gives_way_to_the_child()
    {
        var clue = LogClues.Find(
            Traceback
                + "torch.cuda.OutOfMemoryError: CUDA out of memory.\n"
                + Traceback
                + "torch.distributed.elastic.multiprocessing.errors.ChildFailedError:\n"
        );

        Assert.Equal("gpu_out_of_memory", clue?.Cause);
    }

    [Fact]
    public void A_line_is_shown_without_colours_and_not_longer_than_a_screen_takes()
    {
        var clue = LogClues.Find("\u001b[31mValueError: " + new string('x', 500) + "\u001b[0m");

        Assert.StartsWith("ValueError: xxx", clue!.Line, StringComparison.Ordinal);
        Assert.Equal(LogClue.Longest, clue.Line.Length);
    }

    [Fact]
    public void Only_the_attempts_own_part_of_a_file_is_read_and_only_its_end()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "output.log");
        const string before = "MemoryError\n";
        File.WriteAllText(path, before + "KeyError: 'a'\n");

        Assert.Equal("out_of_memory", LogClues.FindIn(path)?.Cause);
        Assert.Equal("KeyError: 'a'", LogClues.FindIn(path, Encoding.UTF8.GetByteCount(before))?.Line);
        File.AppendAllText(path, new string('.', LogClues.TailLength));
        Assert.Null(LogClues.FindIn(path));
        Assert.Null(LogClues.FindIn(Path.Combine(folder.Path, "none")));
    }

    [Fact]
    public void A_clue_explains_a_bad_exit_but_not_what_is_known_better()
    {
        var clue = new LogClue("gpu_out_of_memory", "CUDA out of memory");
        var timedOut = new Diagnosis.TimedOut(Walltime.From(TimeSpan.FromHours(1)));

        Assert.Equal("out of GPU memory: CUDA out of memory", clue.Explain(new Diagnosis.BadExit(1), null, null).Words);
        Assert.Equal(timedOut, clue.Explain(timedOut, null, null));
        Assert.Equal(
            "exit 2: KeyError: 'a'",
            new LogClue(null, "KeyError: 'a'").Explain(new Diagnosis.BadExit(2), null, null).Words
        );
    }

    private static void Says(string cause, string line) =>
        Assert.Equal(cause, LogClues.Find($"loading data\n{Traceback}{line}\n")?.Cause);
}
