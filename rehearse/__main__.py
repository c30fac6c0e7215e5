from rehearse.cli import program

program()
