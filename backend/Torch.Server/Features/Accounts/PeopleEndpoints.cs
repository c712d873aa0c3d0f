using Torch.Contracts;
using Torch.Server.Auth;

namespace Torch.Server.Features.Accounts;

internal static class PeopleEndpoints
{
    public static void MapPeople(this IEndpointRouteBuilder api)
    {
        var people = api.MapGroup("/people").WithTags("People").Needs(Right.Admin);
        people.MapGet("", ListPeople.Handle).WithName("ListPeople");
        people
            .MapPost("", PostPerson.Handle)
            .WithName("CreatePerson")
            .Takes<PersonRequest>()
            .IsCommand(201)
            .Refuses(413, 415);
        people.MapGet("/{id:guid}", GetPerson.Handle).WithName("GetPerson").Refuses(404);
        people
            .MapPatch("/{id:guid}", PatchPerson.Handle)
            .WithName("ChangePerson")
            .Takes<PersonChange>()
            .IsCommand()
            .Refuses(404, 413, 415);
        people.MapDelete("/{id:guid}", DeletePerson.Handle).WithName("RemovePerson").IsCommand().Refuses(404);
        people
            .MapPut("/{id:guid}/password", PutPassword.Handle)
            .WithName("SetPassword")
            .Takes<SetPassword>()
            .IsCommand()
            .Refuses(404, 413, 415);
    }
}
