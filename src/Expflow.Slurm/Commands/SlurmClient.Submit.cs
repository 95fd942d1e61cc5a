namespace Expflow.Slurm;

public sealed partial class SlurmClient
{
    /// <summary>Submits once. <see cref="SlurmAnswer{T}.Unanswered"/> means that there may be a job: look for it before another try.</summary>
    /// <remarks>A full queue (<c>MaxJobCount</c>) is a refusal at once: <c>sbatch</c>'s own two minutes of tries are cut short while it sleeps.</remarks>
    public async Task<SlurmAnswer<SlurmJob>> SubmitAsync(SbatchRequest request, CancellationToken cancel = default)
    {
        var call = new SlurmCall("sbatch", request.Arguments()) { Input = request.Script, IsSubmission = true };
        var answer = await Once(call, patience.Submission, cancel).ConfigureAwait(false);
        return answer.Then(print => SubmittedJob.Read(print.Output));
    }

    /// <summary>When and where this would start if it were submitted now. Slurm's guess knows only running jobs' time limits.</summary>
    public async Task<SlurmAnswer<ExpectedStart>> TestOnlyAsync(
        SbatchRequest request,
        CancellationToken cancel = default
    )
    {
        var call = new SlurmCall("sbatch", ["--test-only", .. request.Arguments().Skip(1)]) { Input = request.Script };
        var answer = await Ask(call, cancel).ConfigureAwait(false);
        return answer.Then(print => ExpectedStart.Read(print.Errors + print.Output));
    }
}
