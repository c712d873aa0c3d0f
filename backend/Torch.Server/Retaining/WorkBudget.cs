namespace Torch.Server.Retaining;

/// <summary>How long one run may work. What is not done by then is done by the next, from where this one stopped.</summary>
internal sealed class WorkBudget(TimeProvider time, TimeSpan length)
{
    private readonly long _began = time.GetTimestamp();

    public bool IsSpent => time.GetElapsedTime(_began) >= length;
}
