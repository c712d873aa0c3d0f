using Torch.Contracts;

namespace Torch.Probes.Http;

/// <summary>HTTP and HTTPS over fresh connections: resolve, connect, handshake, request, redirects, judge.</summary>
internal static class HttpProbe
{
    public static Task<ProbeCompleted> RunAsync(
        RunProbe run,
        ProbeContext context,
        CancellationToken cancellationToken
    ) =>
        ProbeFrame.RunAsync(
            run,
            context,
            (recording, over) => AskAsync(HttpPlan.Of(run.Settings.Http), context, recording, over),
            cancellationToken
        );

    private static async Task AskAsync(
        HttpPlan plan,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        HttpHop? hop = plan.First;
        for (var redirects = 0; hop is not null; redirects++)
        {
            if (plan.MostRedirects > 0)
                recording.Measures["redirects"] = redirects;
            using var exchange = new HttpExchange(plan, hop, context, recording);
            using var response = await exchange.SendAsync(cancellationToken);
            HttpAnswer.Record(response, recording);
            hop = plan.MostRedirects > 0 ? HttpRedirect.Next(hop, response) : null;
            if (hop is not null && redirects == plan.MostRedirects)
                throw HttpRedirect.TooMany(plan.MostRedirects);
            if (hop is null)
                await JudgeAsync(plan, response, exchange.FirstByte, recording, cancellationToken);
        }
    }

    private static async Task JudgeAsync(
        HttpPlan plan,
        HttpResponseMessage response,
        long firstByte,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        recording.Phase = "reading the body";
        string body;
        try
        {
            body = await HttpAnswer.ReadBodyAsync(
                response,
                plan.MaxBodyBytes,
                plan.Judge.ReadsBody,
                recording,
                cancellationToken
            );
        }
        finally
        {
            recording.Transferred(firstByte);
        }
        plan.Judge.Decide(response, body, recording);
    }
}
