namespace Expflow.Executors;

/// <summary>Runs NVIDIA's multi-process service beside the command, for this run alone.</summary>
/// <remarks>See NVIDIA's "Multi-Process Service", 4.1.3 and 5.1.1: one control daemon per pipe directory, whose sockets need a short local path.</remarks>
internal static class MpsLines
{
    // The shell outlives signals that are meant for the command, so that the daemon is ended in every case but SIGKILL; then the job's end, or the
    // agent, ends it, as it carries the attempt's token.
    public const string Start = """
        command -v nvidia-cuda-mps-control >/dev/null 2>&1 || expflow_stop 127 "MPS can't be started: there is no program 'nvidia-cuda-mps-control' in PATH"
        expflow_mps=$(mktemp -d /tmp/expflow-mps.XXXXXX) || expflow_stop $? "MPS can't be started: no folder can be made in /tmp"
        export CUDA_MPS_PIPE_DIRECTORY=$expflow_mps/pipe CUDA_MPS_LOG_DIRECTORY=$expflow_mps/log
        mkdir "$CUDA_MPS_PIPE_DIRECTORY" "$CUDA_MPS_LOG_DIRECTORY"
        expflow_end_mps() { echo quit | nvidia-cuda-mps-control >/dev/null 2>&1; rm -rf "$expflow_mps"; }
        trap expflow_end_mps EXIT
        trap : TERM INT HUP USR1 USR2
        nvidia-cuda-mps-control -d || { expflow_code=$?; cat "$CUDA_MPS_LOG_DIRECTORY"/*.log >&2 2>/dev/null; expflow_stop $expflow_code "MPS can't be started: 'nvidia-cuda-mps-control -d' failed with exit code $expflow_code"; }

        """;
}
