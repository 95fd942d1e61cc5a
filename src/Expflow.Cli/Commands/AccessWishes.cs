using System.CommandLine;
using Expflow.Experiments;
using Expflow.Problems;
using Expflow.Slurm;

namespace Expflow.Cli.Commands;

/// <summary>What a job asks for, said on the command line.</summary>
internal sealed class AccessWishes
{
    private readonly Option<string?> cpus = new("--cpus") { Description = "CPUs of a node: --cpus 8." };
    private readonly Option<string?> memory = new("--memory") { Description = "Memory of a node: --memory 64G." };
    private readonly Option<string?> gpus = new("--gpus")
    {
        Description = "GPUs of a node, of any type or of one: --gpus 2, --gpus a100:2.",
    };
    private readonly Option<string?> walltime = new("--walltime") { Description = "How long: --walltime 8h." };
    private readonly Option<string?> account = new("--account") { Description = "Only this account." };
    private readonly Option<string?> partition = new("--partition")
    {
        Description = "Only this partition, or these: --partition gpu,long.",
    };
    private readonly Option<string?> qos = new("--qos") { Description = "This quality of service." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option<string?>[])[cpus, memory, gpus, walltime, account, partition, qos])
            command.Add(option);
    }

    /// <summary>What is said, over what a stage asks for. All problems at once.</summary>
    public Checked<Resources> Read(ParseResult parsed, Resources under)
    {
        var problems = new List<Problem>();
        var wanted = under with
        {
            Cpus =
                Of<int>(
                    cpus,
                    text => int.TryParse(text, out var count) && count > 0 ? count : null,
                    "a number of CPUs, such as 8"
                ) ?? under.Cpus,
            Memory =
                Of<MemorySize>(
                    memory,
                    text => MemorySize.TryParse(text, out var size) ? size : null,
                    "an amount of memory, such as 64G"
                ) ?? under.Memory,
            Gpus =
                Of<GpuRequest>(
                    gpus,
                    text => GpuRequest.TryParse(text, out var some) ? some : null,
                    "a number of GPUs, such as 2 or a100:2"
                ) ?? under.Gpus,
            Walltime =
                Of<Walltime>(
                    walltime,
                    text => Walltime.TryParse(text, out var time) ? time : null,
                    "a duration, such as 8h or 2-00:00:00"
                ) ?? under.Walltime,
            Account = parsed.GetValue(account) ?? under.Account,
            Partition = parsed.GetValue(partition) ?? under.Partition,
            Qos = parsed.GetValue(qos) ?? under.Qos,
        };
        return problems.Count > 0 ? Checked<Resources>.Failed(problems) : wanted;

        T? Of<T>(Option<string?> option, Func<string, T?> read, string takes)
            where T : struct
        {
            if (parsed.GetValue(option) is not { } text)
                return null;
            var value = read(text);
            if (value is null)
                problems.Add(new($"'{option.Name}' takes {takes}; this is '{text}'."));
            return value;
        }
    }
}
