using System.Runtime.InteropServices;
using Expflow.Executors;
using Expflow.Projects;
using Expflow.Trials;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow agent PROJECT --trial TRIAL/STAGE</c>: what the batch script of a trial becomes.</summary>
internal sealed class TrialAgentCommand(Composition with)
{
    public int Run(ProjectFolder project, string tried)
    {
        using var stopped = new CancellationTokenSource();
        using var onTerm = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM,
            signal =>
            {
                signal.Cancel = true;
                stopped.Cancel();
            }
        );
        if (tried.Split('/') is not [var trial, var stage])
            return Refuse($"'{tried}' is no TRIAL/STAGE.");
        try
        {
            var measuring = new TrialMeasuring(with, new TrialFolder(project, trial), _ => { });
            return measuring.Run(stage, stopped.Token) is { } trouble ? Refuse(trouble) : ExitCode.Done;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            with.Terminal.Complain(refused.Message);
            return JobExit.CanNotWrite;
        }
    }

    private int Refuse(string why)
    {
        with.Terminal.Complain(why);
        return JobExit.BadConfiguration;
    }
}
