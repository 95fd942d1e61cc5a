using CsCheck;
using Expflow.Slurm;
using Xunit;

namespace Expflow.Tests.Slurm;

public sealed class TaskSetTests
{
    [Theory]
    [InlineData("0-9", "0-9", 10)]
    [InlineData("0-9,12,20-30:2", "0-9,12,20-30:2", 17)]
    [InlineData("0-9%4", "0-9%4", 10)]
    [InlineData("5", "5", 1)]
    [InlineData("3,1,2", "1-3", 3)]
    [InlineData("1,3", "1,3", 2)]
    [InlineData("1,3,5", "1-5:2", 3)]
    [InlineData("0-4:3", "0,3", 2)]
    [InlineData("0-5,3-8", "0-8", 9)]
    [InlineData("7-7", "7", 1)]
    public void A_set_is_read_and_written_in_one_form(string text, string written, int count)
    {
        Assert.True(TaskSet.TryParse(text, out var tasks));
        Assert.Equal((written, count), (tasks.ToString(), tasks.Count));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0-")]
    [InlineData("9-0")]
    [InlineData("0-9:0")]
    [InlineData("0-9%0")]
    [InlineData("0-9%")]
    [InlineData("a")]
    [InlineData("0,,2")]
    [InlineData("0-99999999")]
    public void Anything_else_is_none(string text) => Assert.False(TaskSet.TryParse(text, out _));

    [Fact]
    public void What_it_writes_it_reads_and_it_holds_what_went_in() =>
        Gen.Int[0, 60]
            .HashSet[1, 40]
            .Sample(indices =>
            {
                var tasks = TaskSet.From(indices);
                return TaskSet.TryParse(tasks.ToString(), out var read)
                    && read.Equals(tasks)
                    && tasks.SequenceEqual(indices.Order())
                    && tasks.Count == indices.Count
                    && Enumerable.Range(0, 61).All(index => tasks.Contains(index) == indices.Contains(index));
            });

    [Fact]
    public void Ten_thousand_tasks_are_one_range() =>
        Assert.Equal("0-9999%50", TaskSet.FromZero(10_000, 50).ToString());
}
