using Expflow.Queues;
using Xunit;

namespace Expflow.Tests.Queues;

public sealed class BatchNameTests
{
    [Fact]
    public void A_name_says_all_that_it_takes_to_choose()
    {
        var name = new BatchName
        {
            Priority = 100,
            Sequence = 12,
            IsBlocked = true,
            Request = new()
            {
                Cores = 4,
                Memory = 512L << 20,
                Gpus = 2,
                GpuType = "nvidia_a100_1g.5gb",
                GpuMemory = 24L << 30,
                Walltime = TimeSpan.FromHours(1),
            },
            Runs = 250,
            Stage = 0x1a2b3c4d,
            Id = 0x0123456789abcdef,
        };
        const string text =
            "b0900,000012,c4,m512,g2_nvidia_a100_1g.5gb,v24576,t3600,n250,k1a2b3c4d,0123456789abcdef.jsonl";
        Assert.Equal(text, name.ToString());
        Assert.Equal(name, BatchName.TryParse(text));
    }

    [Theory]
    [InlineData("agent.json")]
    [InlineData("alive")]
    [InlineData("r0900,000012,c4,m512,g2,v0,t3600,n250,k1a2b3c4d,0123456789abcdef.jsonl.draft")]
    [InlineData("r1900,000012,c4,m512,g2,v0,t3600,n250,k1a2b3c4d,0123456789abcdef.jsonl")]
    [InlineData("r0900,000012,c4,m512,g2,v0,t3600,n250,k1a2b3c4d.jsonl")]
    [InlineData("r0900,000012,c4,m-1,g2,v0,t3600,n250,k1a2b3c4d,0123456789abcdef.jsonl")]
    public void Other_files_are_no_batches(string text) => Assert.Null(BatchName.TryParse(text));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(216, 1)]
    [InlineData(400, 1)]
    [InlineData(401, 2)]
    [InlineData(100_000, 250)]
    public void A_submission_is_some_hundred_files_at_most(int runs, int size) =>
        Assert.Equal(size, Batch.SizeFor(runs));
}
